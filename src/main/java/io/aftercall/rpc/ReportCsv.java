package io.aftercall.rpc;

import com.google.protobuf.ByteString;
import io.aftercall.agent.EndReason;
import io.aftercall.api.v1.ExportAcwReportResponse;
import io.aftercall.engine.CallerGone;
import io.aftercall.report.AcwReport;
import io.aftercall.report.AcwReportQuery;
import io.aftercall.report.ReportKey;
import io.aftercall.report.Tally;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A report as CSV, part by part. It keeps its turn as long as it has rows in memory. No value of it can hold what would
 * have to be quoted: ids have no commas.
 */
final class ReportCsv implements PartedAnswer.Parts<ExportAcwReportResponse> {

    private static final int PART = 500;
    private static final String FORMULAS = "=+-@";
    private static final String LINE_END = "\r\n";
    private static final String HEADER = Stream.concat(
                    Stream.of(
                            "start_time",
                            "end_time",
                            "agent_id",
                            "team_id",
                            "queue_id",
                            "channel",
                            "disposition_code",
                            "handled_count",
                            "acw_count",
                            "acw_seconds",
                            "talk_seconds",
                            "hold_seconds",
                            "available_seconds",
                            "average_acw_seconds",
                            "p50_acw_seconds",
                            "p90_acw_seconds",
                            "p95_acw_seconds",
                            "max_acw_seconds",
                            "extended_count",
                            "average_handle_seconds",
                            "acw_share",
                            "occupancy"),
                    Stream.of(EndReason.values()).map(reason -> reason.name().toLowerCase(Locale.ROOT) + "_count"))
            .collect(Collectors.joining(","));

    private final AcwReportQuery query;
    private final Supplier<CompletionStage<Runnable>> turn;
    private final Supplier<CompletionStage<ReportReader.Made>> report;
    private final DateTimeFormatter times;
    private volatile Iterator<AcwReport.Row> rows;
    private volatile Runnable leave;
    private boolean closed;

    /**
     * @param turn waits for a turn; what it completes with ends that
     * @param report makes the report
     */
    ReportCsv(
            AcwReportQuery query,
            Supplier<CompletionStage<Runnable>> turn,
            Supplier<CompletionStage<ReportReader.Made>> report) {
        this.query = query;
        this.turn = turn;
        this.report = report;
        this.times = DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(query.zone());
    }

    @Override
    public CompletionStage<Optional<ExportAcwReportResponse>> next() {
        // Beside the event loop: there may be a million rows.
        return leave == null
                ? turn.get().thenCompose(this::make).thenApplyAsync(this::first)
                : CompletableFuture.supplyAsync(() -> part(""));
    }

    private CompletionStage<ReportReader.Made> make(Runnable ends) {
        keep(ends);
        return report.get();
    }

    /** Whoever has gone before it was his turn leaves it at once. */
    private synchronized void keep(Runnable ends) {
        leave = ends;
        if (closed) {
            ends.run();
            throw new CallerGone();
        }
    }

    private Optional<ExportAcwReportResponse> first(ReportReader.Made made) {
        rows = made.report().rows().iterator();
        return part(HEADER + LINE_END);
    }

    @Override
    public synchronized void close() {
        closed = true;
        rows = null;
        if (leave != null) {
            leave.run();
        }
    }

    private Optional<ExportAcwReportResponse> part(String first) {
        Iterator<AcwReport.Row> left = rows;
        if (left == null || first.isEmpty() && !left.hasNext()) {
            return Optional.empty();
        }
        StringBuilder lines = new StringBuilder(first);
        for (int row = 0; row < PART && left.hasNext(); row++) {
            lines.append(String.join(",", line(left.next()))).append(LINE_END);
        }
        return Optional.of(ExportAcwReportResponse.newBuilder()
                .setCsv(ByteString.copyFromUtf8(lines.toString()))
                .build());
    }

    private List<String> line(AcwReport.Row row) {
        ReportKey key = row.key();
        Tally tally = row.tally();
        List<String> line = new ArrayList<>(List.of(
                time(row.from()),
                time(row.until()),
                id(key.agentId()),
                id(key.teamId()),
                id(key.queueId()),
                key.channel() == null ? "" : key.channel().name(),
                id(key.dispositionCode()),
                Long.toString(tally.handled()),
                Long.toString(tally.acws()),
                seconds(tally.acwTime()),
                seconds(tally.talkTime()),
                seconds(tally.holdTime()),
                query.countsWaiting() ? seconds(tally.availableTime()) : "",
                tally.averageAcw().map(ReportCsv::seconds).orElse(""),
                tally.percentile(50).map(ReportCsv::seconds).orElse(""),
                tally.percentile(90).map(ReportCsv::seconds).orElse(""),
                tally.percentile(95).map(ReportCsv::seconds).orElse(""),
                tally.longestAcw().map(ReportCsv::seconds).orElse(""),
                Long.toString(tally.extended()),
                tally.averageHandleTime().map(ReportCsv::seconds).orElse(""),
                tally.acwShareOfHandleTime().map(ReportCsv::share).orElse(""),
                query.countsWaiting() ? tally.occupancy().map(ReportCsv::share).orElse("") : ""));
        for (EndReason reason : EndReason.values()) {
            line.add(Long.toString(tally.endedBy(reason)));
        }
        return line;
    }

    /** Spreadsheets would calculate with some ids; none has an apostrophe of its own, so that it can be taken away. */
    private static String id(String id) {
        return !id.isEmpty() && FORMULAS.indexOf(id.charAt(0)) >= 0 ? "'" + id : id;
    }

    private String time(Instant time) {
        return times.format(time);
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos() / 1_000, 6)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.4f", share);
    }
}
