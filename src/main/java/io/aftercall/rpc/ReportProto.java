package io.aftercall.rpc;

import io.aftercall.agent.EndReason;
import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AcwEndReasonShare;
import io.aftercall.api.v1.AcwFigures;
import io.aftercall.api.v1.AcwReportRow;
import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.PaddingReportRow;
import io.aftercall.report.AcwReport;
import io.aftercall.report.AcwReportQuery;
import io.aftercall.report.PaddingReport;
import io.aftercall.report.ReportKey;
import io.aftercall.report.Tally;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Reports as the contract has them. */
final class ReportProto {

    private ReportProto() {}

    static AcwReportRow write(AcwReport.Row row, AcwReportQuery query) {
        ReportKey key = row.key();
        AcwReportRow.Builder proto = AcwReportRow.newBuilder()
                .setStartTime(ProtoTimes.timestamp(row.from()))
                .setEndTime(ProtoTimes.timestamp(row.until()))
                .setAgentId(key.agentId())
                .setTeamId(key.teamId())
                .setQueueId(key.queueId())
                .setDispositionCode(key.dispositionCode())
                .setFigures(figures(row.tally(), query));
        if (key.channel() != null) {
            proto.setChannel(ProtoEnums.write(key.channel(), Channel.class));
        }
        return proto.build();
    }

    static AcwFigures figures(Tally tally, AcwReportQuery query) {
        AcwFigures.Builder proto = AcwFigures.newBuilder()
                .setHandledCount(tally.handled())
                .setAcwCount(tally.acws())
                .setAcwDuration(ProtoTimes.duration(tally.acwTime()))
                .setTalkDuration(ProtoTimes.duration(tally.talkTime()))
                .setHoldDuration(ProtoTimes.duration(tally.holdTime()))
                .addAllEndReasons(endReasons(tally))
                .setExtendedCount(tally.extended());
        tally.averageAcw().map(ProtoTimes::duration).ifPresent(proto::setAverageAcwDuration);
        tally.percentile(50).map(ProtoTimes::duration).ifPresent(proto::setP50AcwDuration);
        tally.percentile(90).map(ProtoTimes::duration).ifPresent(proto::setP90AcwDuration);
        tally.percentile(95).map(ProtoTimes::duration).ifPresent(proto::setP95AcwDuration);
        tally.longestAcw().map(ProtoTimes::duration).ifPresent(proto::setMaxAcwDuration);
        tally.extensionRate().ifPresent(proto::setExtensionRate);
        tally.averageHandleTime().map(ProtoTimes::duration).ifPresent(proto::setAverageHandleDuration);
        tally.acwShareOfHandleTime().ifPresent(proto::setAcwShare);
        if (query.countsWaiting()) {
            proto.setAvailableDuration(ProtoTimes.duration(tally.availableTime()));
            tally.occupancy().ifPresent(proto::setOccupancy);
        }
        return proto.build();
    }

    private static List<AcwEndReasonShare> endReasons(Tally tally) {
        return Stream.of(EndReason.values())
                .filter(reason -> tally.endedBy(reason) > 0)
                .sorted(Comparator.comparing(tally::endedBy).reversed())
                .map(reason -> AcwEndReasonShare.newBuilder()
                        .setEndReason(ProtoEnums.write(reason, AcwEndReason.class))
                        .setAcwCount(tally.endedBy(reason))
                        .setShare((double) tally.endedBy(reason) / tally.acws())
                        .build())
                .toList();
    }

    static PaddingReportRow write(PaddingReport.Row row) {
        Tally tally = row.tally();
        return PaddingReportRow.newBuilder()
                .setAgentId(row.agentId())
                .setQueueId(row.queueId())
                .setAcwCount(tally.acws())
                .setLimitedCount(tally.limited())
                .setAtLimitCount(tally.atLimit())
                .setLimitShare(tally.limitShare().orElseThrow())
                .setExtensionRate(tally.extensionRate().orElseThrow())
                .setAverageAcwDuration(ProtoTimes.duration(tally.averageAcw().orElseThrow()))
                .setQueueAverageAcwDuration(ProtoTimes.duration(row.queueAverage()))
                .setLongerThanShare(row.longerThan())
                .build();
    }
}
