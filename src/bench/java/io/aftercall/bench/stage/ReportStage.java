package io.aftercall.bench.stage;

import com.google.protobuf.Timestamp;
import io.aftercall.api.v1.AcwReportQuery;
import io.aftercall.api.v1.ExportAcwReportRequest;
import io.aftercall.api.v1.ExportAcwReportResponse;
import io.aftercall.api.v1.GetAcwReportRequest;
import io.aftercall.api.v1.GetAcwReportResponse;
import io.aftercall.api.v1.GetPaddingReportRequest;
import io.aftercall.api.v1.ReportDimension;
import io.aftercall.api.v1.ReportInterval;
import io.aftercall.api.v1.ReportServiceGrpc;
import io.aftercall.api.v1.ReportServiceGrpc.ReportServiceBlockingStub;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import io.aftercall.bench.process.BenchDatabase;
import io.aftercall.bench.process.PackagedServer;
import io.aftercall.bench.process.WorkDirectory;
import io.aftercall.simulator.RecordedMonth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

/** How long reports take over a month of a large centre, on a server of its own. */
public final class ReportStage implements Stage {
    private static final int AGENTS = 5_000;
    private static final int DAYS = 30;
    private static final Instant FIRST = Instant.parse("2026-06-01T00:00:00Z");
    private static final Instant LAST = FIRST.plus(DAYS, ChronoUnit.DAYS);

    private final Path parent;

    /**
     * Measures.
     *
     * @param parent where the database's directory is made
     */
    public ReportStage(Path parent) {
        this.parent = parent;
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        try (WorkDirectory directory = WorkDirectory.below(parent);
                BenchDatabase database = BenchDatabase.start(directory)) {
            // The server makes the tables.
            PackagedServer.start(directory.log("server"), database).close();
            long acws = write(database);
            try (PackagedServer server = PackagedServer.start(directory.log("server"), database);
                    Connections connections = server.connect(1)) {
                ReportServiceBlockingStub reports = ReportServiceGrpc.newBlockingStub(connections.channel(0))
                        .withMaxInboundMessageSize(64 << 20);
                Instant day = FIRST.plus(10, ChronoUnit.DAYS);
                AcwReportQuery byQueue = query(FIRST, LAST, ReportInterval.REPORT_INTERVAL_DAY)
                        .addGroupBy(ReportDimension.REPORT_DIMENSION_QUEUE)
                        .build();
                AcwReportQuery byAgent = query(
                                day, day.plus(1, ChronoUnit.DAYS), ReportInterval.REPORT_INTERVAL_QUARTER_HOUR)
                        .addGroupBy(ReportDimension.REPORT_DIMENSION_AGENT)
                        .build();
                AcwReportQuery ofOne = query(FIRST, LAST, ReportInterval.REPORT_INTERVAL_DAY)
                        .addGroupBy(ReportDimension.REPORT_DIMENSION_QUEUE)
                        .addAgentIds("agent-17")
                        .build();
                List<Measurement> found = new ArrayList<>();
                found.add(measure("by queue and day, a month", duration, acws, () -> get(reports, byQueue)));
                found.add(measure(
                        "by agent and 15 min, a day: the first 10,000 rows",
                        duration,
                        acws / DAYS,
                        () -> get(reports, byAgent)));
                found.add(measure("the same as CSV, whole", duration, -1, () -> export(reports, byAgent)));
                found.add(measure("of one agent by queue and day, a month", duration, -1, () -> get(reports, ofOne)));
                found.add(measure("who runs to the limit, a week", duration, -1, () -> padding(reports)));
                return found;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long write(BenchDatabase database) throws IOException {
        RecordedMonth month = new RecordedMonth(AGENTS, FIRST);
        for (int day = 0; day < DAYS; day++) {
            StringBuilder lines = new StringBuilder();
            month.day("default", day, lines::append);
            database.copy(
                    "COPY report_hour (tenant_id, cube, start_time, subject_id, figures) FROM STDIN", lines.toString());
        }
        database.executeEach(List.of("VACUUM ANALYZE report_hour"));
        System.out.printf(
                "%,d ACWs in %s rows%n",
                month.acws(),
                database.query(List.of(
                        "SELECT string_agg(cube || ' ' || rows || ' (' || pg_size_pretty(size) || ')', ', ') FROM"
                                + " (SELECT cube, count(*) AS rows, sum(length(figures)) AS size FROM report_hour GROUP BY cube)"
                                + " AS cubes")));
        return month.acws();
    }

    private static AcwReportQuery.Builder query(Instant from, Instant until, ReportInterval interval) {
        return AcwReportQuery.newBuilder()
                .setStartTime(timestamp(from))
                .setEndTime(timestamp(until))
                .setInterval(interval);
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder().setSeconds(time.getEpochSecond()).build();
    }

    /**
     * @param acws that it has to have; -1 if that does not matter
     */
    private static Measurement measure(String name, Duration duration, long acws, LongSupplier report) {
        for (int warm = 0; warm < 10; warm++) {
            report.getAsLong();
        }
        System.out.println(name);
        Latencies latencies = new Latencies();
        Failures failures = new Failures();
        long start = System.nanoTime();
        do {
            long sent = System.nanoTime();
            long had = report.getAsLong();
            latencies.record(System.nanoTime() - sent);
            if (acws >= 0 && had != acws) {
                failures.count("had " + had + " ACWs of " + acws, 1);
            }
        } while (System.nanoTime() - start < duration.toNanos());
        return Measurement.of(name, latencies.overall(), System.nanoTime() - start, failures);
    }

    private static long get(ReportServiceBlockingStub reports, AcwReportQuery query) {
        GetAcwReportResponse response = reports.getAcwReport(GetAcwReportRequest.newBuilder()
                .setQuery(query)
                .setPageSize(10_000)
                .build());
        return response.getTotal().getAcwCount();
    }

    private static long export(ReportServiceBlockingStub reports, AcwReportQuery query) {
        Iterator<ExportAcwReportResponse> parts = reports.exportAcwReport(
                ExportAcwReportRequest.newBuilder().setQuery(query).build());
        long bytes = 0;
        while (parts.hasNext()) {
            bytes += parts.next().getCsv().size();
        }
        return bytes;
    }

    private static long padding(ReportServiceBlockingStub reports) {
        return reports.getPaddingReport(GetPaddingReportRequest.newBuilder()
                        .setStartTime(timestamp(FIRST))
                        .setEndTime(timestamp(FIRST.plus(7, ChronoUnit.DAYS)))
                        .setMinLimitShare(0.01)
                        .build())
                .getRowsCount();
    }
}
