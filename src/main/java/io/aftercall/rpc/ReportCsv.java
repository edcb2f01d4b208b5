package io.aftercall.rpc;

import com.google.protobuf.ByteString;
import io.aftercall.agent.EndReason;
import io.aftercall.api.v1.ExportAcwReportResponse;
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

/** A report as CSV, part by part. No value of it can hold what would have to be quoted: ids have no commas. */
final class ReportCsv implements Supplier<CompletionStage<Optional<ExportAcwReportResponse>>> {

    private static final int PART = 500;
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

    private final ReportReader reader;
    private final AcwReportQuery query;
    private final DateTimeFormatter times;
    private Iterator<AcwReport.Row> rows;

    ReportCsv(ReportReader reader, AcwReportQuery query) {
        this.reader = reader;
        this.query = query;
        this.times = DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(query.zone());
    }

    @Override
    public CompletionStage<Optional<ExportAcwReportResponse>> get() {
        if (rows == null) {
            // Beside the event loop: there may be a million rows.
            return reader.make(query).thenApplyAsync(done -> {
                rows = done.report().rows().iterator();
                return Optional.of(part(HEADER + LINE_END));
            });
        }
        if (!rows.hasNext()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return CompletableFuture.supplyAsync(() -> Optional.of(part("")));
    }

    private ExportAcwReportResponse part(String first) {
        StringBuilder lines = new StringBuilder(first);
        for (int row = 0; row < PART && rows.hasNext(); row++) {
            lines.append(String.join(",", line(rows.next()))).append(LINE_END);
        }
        return ExportAcwReportResponse.newBuilder()
                .setCsv(ByteString.copyFromUtf8(lines.toString()))
                .build();
    }

    private List<String> line(AcwReport.Row row) {
        ReportKey key = row.key();
        Tally tally = row.tally();
        List<String> line = new ArrayList<>(List.of(
                time(row.from()),
                time(row.until()),
                key.agentId(),
                key.teamId(),
                key.queueId(),
                key.channel() == null ? "" : key.channel().name(),
                key.dispositionCode(),
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
