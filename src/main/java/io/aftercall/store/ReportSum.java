package io.aftercall.store;

import io.aftercall.report.CubeRows;
import io.aftercall.report.FigureBytes;
import io.aftercall.report.HourFigures;
import io.aftercall.report.ReportEntry;
import io.aftercall.report.UnreadableFigures;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Entries that are added up, and the rows that they add to. An entry that cannot be read stays where it was, set aside;
 * a row that cannot be read is begun anew, and keeps what it was beside.
 */
final class ReportSum {

    private static final Logger LOG = Logger.getLogger(ReportSum.class);

    private final String tenant;
    private final List<ReportEntry> entries = new ArrayList<>();
    private final List<Row> unreadable = new ArrayList<>();
    private final List<CubeRows.Row> touched;

    /**
     * @param taken of {@code report_entry}, in any order
     */
    ReportSum(String tenant, RowSet<Row> taken) {
        this.tenant = tenant;
        List<Row> rows = PostgresAgentStore.all(taken, row -> row);
        rows.sort(Comparator.comparing(row -> row.getLong("sequence")));
        Set<CubeRows.Row> places = new HashSet<>();
        for (Row row : rows) {
            try {
                ReportEntry entry = ReportRows.entry(row);
                places.addAll(CubeRows.touchedBy(List.of(entry)));
                entries.add(entry);
            } catch (RuntimeException failure) {
                LOG.errorf(
                        failure,
                        "An entry of the figures of reports cannot be read and is set aside: %d of tenant %s in"
                                + " report_entry",
                        row.getLong("sequence"),
                        tenant);
                unreadable.add(row);
            }
        }
        this.touched = List.copyOf(places);
    }

    /** The parameters of {@link PostgresReportStore#SET_ASIDE}; there may be none to set aside. */
    Tuple setAside() {
        Tuple parameters = Tuple.of(tenant);
        new Columns<>(unreadable, parameters)
                .add(Long.class, row -> row.getLong("sequence"))
                .text(row -> row.getString("entry"));
        return parameters;
    }

    /** Whether there are entries to set aside. */
    boolean setsAside() {
        return !unreadable.isEmpty();
    }

    /** The parameters of {@link PostgresReportStore#TOUCHED}. */
    Tuple places() {
        Tuple parameters = Tuple.of(tenant);
        new Columns<>(touched, parameters)
                .text(place -> place.cube().name())
                .time(CubeRows.Row::hour)
                .text(CubeRows.Row::subjectId);
        return parameters;
    }

    /**
     * The parameters of {@link PostgresReportStore#WRITE}.
     *
     * @param stored the rows as they stand
     */
    Tuple onto(RowSet<Row> stored) {
        Map<CubeRows.Row, HourFigures> rows = new HashMap<>();
        Map<CubeRows.Row, Buffer> lost = new HashMap<>();
        for (Row row : stored) {
            CubeRows.Row place = ReportRows.place(row);
            try {
                rows.put(place, FigureBytes.read(ReportRows.bytes(row)));
            } catch (UnreadableFigures failure) {
                LOG.errorf(
                        failure,
                        "The figures of an hour cannot be read and are begun anew, what they were is kept beside: %s"
                                + " of tenant %s in report_hour",
                        place,
                        tenant);
                lost.put(place, row.getBuffer("figures"));
            }
        }
        CubeRows sums = new CubeRows(rows);
        entries.forEach(entry -> entry.post(sums));
        Tuple parameters = places();
        new Columns<>(touched, parameters)
                .add(Buffer.class, place -> Buffer.buffer(FigureBytes.write(rows.get(place))))
                .add(Buffer.class, lost::get);
        return parameters;
    }
}
