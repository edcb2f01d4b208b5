package io.aftercall.shift;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AcwFigures;
import io.aftercall.api.v1.AcwReportQuery;
import io.aftercall.api.v1.AcwReportRow;
import io.aftercall.api.v1.GetAcwReportRequest;
import io.aftercall.api.v1.ReportDimension;
import io.aftercall.api.v1.ReportInterval;
import io.aftercall.rpc.Client;
import io.aftercall.shift.Shift.Call;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The report of a shift beside the same figures worked out from what routers and agents were answered. */
final class ShiftReport {

    private static final long QUARTER = 900_000_000;

    private final Client client;
    private final List<Call> calls;
    private final long from;
    private final long until;

    ShiftReport(Client client, List<Call> calls) {
        this.client = client;
        this.calls = calls;
        this.from = calls.stream()
                        .mapToLong(call -> micros(call.talked().getAnswerTime()))
                        .min()
                        .orElseThrow()
                / QUARTER
                * QUARTER;
        this.until = (calls.stream()
                                        .mapToLong(call -> micros(call.acw().getEndTime()))
                                        .max()
                                        .orElseThrow()
                                / QUARTER
                        + 1)
                * QUARTER;
    }

    void assertTrue() {
        assertWholeBy(ReportDimension.REPORT_DIMENSION_AGENT, AcwReportRow::getAgentId, Call::agent);
        assertWholeBy(ReportDimension.REPORT_DIMENSION_QUEUE, AcwReportRow::getQueueId, call -> call.talked()
                .getQueueId());
        // Those who were late were told without one first.
        assertWholeBy(ReportDimension.REPORT_DIMENSION_DISPOSITION, AcwReportRow::getDispositionCode, call -> "SALE");
        assertQuarters();
    }

    private List<AcwReportRow> report(ReportDimension dimension, ReportInterval interval) {
        return client.reports()
                .getAcwReport(GetAcwReportRequest.newBuilder()
                        .setQuery(AcwReportQuery.newBuilder()
                                .setStartTime(Timestamps.fromMicros(from))
                                .setEndTime(Timestamps.fromMicros(until))
                                .setInterval(interval)
                                .addGroupBy(dimension))
                        .build())
                .getRowsList();
    }

    private void assertWholeBy(
            ReportDimension dimension, Function<AcwReportRow, String> name, Function<Call, String> of) {
        Map<String, List<Call>> groups = calls.stream().collect(Collectors.groupingBy(of));
        List<AcwReportRow> rows = report(dimension, ReportInterval.REPORT_INTERVAL_UNSPECIFIED);
        assertThat(rows).extracting(name).containsExactlyInAnyOrderElementsOf(groups.keySet());
        rows.forEach(row -> assertFigures(row.getFigures(), groups.get(name.apply(row))));
    }

    private static void assertFigures(AcwFigures figures, List<Call> group) {
        List<Long> acws = group.stream().map(ShiftReport::acw).sorted().toList();
        long talked = group.stream().mapToLong(ShiftReport::talked).sum();
        long held = group.stream()
                .mapToLong(call -> Durations.toMicros(call.talked().getHoldDuration()))
                .sum();
        assertThat(figures.getHandledCount()).isEqualTo(group.size());
        assertThat(figures.getAcwCount()).isEqualTo(group.size());
        assertThat(Durations.toMicros(figures.getAcwDuration())).isEqualTo(sum(acws));
        assertThat(Durations.toMicros(figures.getHoldDuration())).isEqualTo(held);
        assertThat(Durations.toMicros(figures.getTalkDuration())).isEqualTo(talked - held);
        assertThat(Durations.toMicros(figures.getAverageAcwDuration()))
                .isEqualTo(Math.round((double) sum(acws) / group.size()));
        assertThat(Durations.toMicros(figures.getP50AcwDuration())).isEqualTo(rank(acws, 50));
        assertThat(Durations.toMicros(figures.getP90AcwDuration())).isEqualTo(rank(acws, 90));
        assertThat(Durations.toMicros(figures.getP95AcwDuration())).isEqualTo(rank(acws, 95));
        assertThat(halves(Durations.toMicros(figures.getMaxAcwDuration())))
                .isEqualTo(halves(acws.get(acws.size() - 1)));
        assertThat(Durations.toMicros(figures.getAverageHandleDuration()))
                .isEqualTo(Math.round((double) (talked + sum(acws)) / group.size()));
        Map<AcwEndReason, Long> reasons =
                group.stream().collect(Collectors.groupingBy(call -> call.acw().getEndReason(), Collectors.counting()));
        assertThat(figures.getEndReasonsList())
                .allSatisfy(share -> assertThat(share.getAcwCount()).isEqualTo(reasons.get(share.getEndReason())))
                .hasSameSizeAs(reasons.keySet());
    }

    /** What passed in each quarter of an hour, and what ended in it. */
    private void assertQuarters() {
        Map<String, List<Long>> expected = new TreeMap<>();
        for (Call call : calls) {
            long start = micros(call.acw().getStartTime());
            long end = micros(call.acw().getEndTime());
            for (long quarter = start / QUARTER * QUARTER; quarter <= end; quarter += QUARTER) {
                long passed = Math.max(0, Math.min(end, quarter + QUARTER) - Math.max(start, quarter));
                long ended = end / QUARTER * QUARTER == quarter ? 1 : 0;
                expected.merge(
                        quarter + " " + call.talked().getQueueId(),
                        List.of(ended, passed),
                        (one, other) -> List.of(one.get(0) + other.get(0), one.get(1) + other.get(1)));
            }
        }
        Map<String, List<Long>> reported = new TreeMap<>();
        report(ReportDimension.REPORT_DIMENSION_QUEUE, ReportInterval.REPORT_INTERVAL_QUARTER_HOUR)
                .forEach(row -> reported.put(
                        micros(row.getStartTime()) + " " + row.getQueueId(),
                        List.of(
                                row.getFigures().getAcwCount(),
                                Durations.toMicros(row.getFigures().getAcwDuration()))));
        // Before the first ACW ended there was only talk.
        reported.values().removeIf(figures -> figures.equals(List.of(0L, 0L)));
        expected.values().removeIf(figures -> figures.equals(List.of(0L, 0L)));
        assertThat(reported).isEqualTo(expected);
    }

    private static long acw(Call call) {
        return micros(call.acw().getEndTime()) - micros(call.acw().getStartTime());
    }

    private static long talked(Call call) {
        return micros(call.talked().getEndTime()) - micros(call.talked().getAnswerTime());
    }

    private static long micros(Timestamp time) {
        return Timestamps.toMicros(time);
    }

    private static long sum(List<Long> all) {
        return all.stream().mapToLong(Long::longValue).sum();
    }

    private static long rank(List<Long> sorted, int percent) {
        return halves(sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1));
    }

    /** Down to half a second: no ACW of a shift takes two minutes. */
    private static long halves(long micros) {
        return micros / 500_000 * 500_000;
    }
}
