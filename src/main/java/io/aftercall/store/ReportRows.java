package io.aftercall.store;

import io.aftercall.report.AcwReport;
import io.aftercall.report.Cube;
import io.aftercall.report.CubeRows;
import io.aftercall.report.ReportEntry;
import io.aftercall.report.UnreadableFigures;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import org.jboss.logging.Logger;

/** Rows of {@code report_hour} and {@code report_entry} on their way into a report, which leaves out what it cannot read. */
final class ReportRows {

    private static final Logger LOG = Logger.getLogger(ReportRows.class);

    private final AcwReport report;
    private int leftOut;
    private Object first;

    ReportRows(AcwReport report) {
        this.report = report;
    }

    void addHour(Row row) {
        CubeRows.Row place = place(row);
        try {
            report.add(place, bytes(row));
        } catch (UnreadableFigures failure) {
            leaveOut(place);
        }
    }

    void addEntry(Row row) {
        ReportEntry entry;
        try {
            entry = entry(row);
        } catch (RuntimeException failure) {
            leaveOut("entry " + row.getLong("sequence"));
            return;
        }
        entry.post(report);
    }

    private void leaveOut(Object what) {
        if (leftOut++ == 0) {
            first = what;
        }
    }

    /** Says so if anything was left out. */
    void tell(String tenant) {
        if (leftOut > 0) {
            LOG.warnf(
                    "A report of tenant %s leaves out what cannot be read of report_hour and report_entry: %d, the first"
                            + " of them %s",
                    tenant, leftOut, first);
        }
    }

    static CubeRows.Row place(Row row) {
        return new CubeRows.Row(
                Cube.valueOf(row.getString("cube")),
                row.getOffsetDateTime("start_time").toInstant(),
                row.getString("subject_id"));
    }

    static byte[] bytes(Row row) {
        return row.getBuffer("figures").getBytes();
    }

    static ReportEntry entry(Row row) {
        return ReportEntryJson.read(new JsonObject(row.getString("entry")));
    }
}
