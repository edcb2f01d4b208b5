package io.aftercall.rpc;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.OpenAcw;
import io.aftercall.api.v1.AcwFigures;
import io.aftercall.api.v1.AgentDayAcw;
import io.aftercall.api.v1.AgentDayQueue;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.AgentStatusSpan;
import io.aftercall.engine.AgentHistory;
import io.aftercall.policy.PolicyField;
import io.aftercall.report.StatusSpan;
import io.aftercall.report.Tally;
import java.time.Instant;

/** An agent's day in messages. */
final class AgentDayProto {

    private AgentDayProto() {}

    /**
     * @param goesOn whether the day is not over
     * @param now where it is then
     */
    static AgentStatusSpan write(StatusSpan span, boolean goesOn, Instant now) {
        AgentStatusSpan.Builder proto = AgentStatusSpan.newBuilder()
                .setStatus(ProtoEnums.write(span.status(), AgentStatus.class))
                .setStartTime(ProtoTimes.timestamp(span.from()));
        if (span.notReadyReason() != null) {
            proto.setNotReadyReason(span.notReadyReason());
        }
        if (!goesOn || span.until().isBefore(now)) {
            proto.setEndTime(ProtoTimes.timestamp(span.until()));
        }
        return proto.build();
    }

    static AgentDayAcw write(AgentHistory.WrittenUp ended) {
        AgentDayAcw.Builder proto =
                given(ended.acw().work()).setAcw(AcwProto.write(ended.acw())).setCompletedLate(ended.late());
        if (ended.status() != null) {
            proto.setWrapUpStatus(WrapUpRecordProto.write(ended.status()));
        }
        return proto.build();
    }

    static AgentDayAcw write(AgentId agentId, OpenAcw open) {
        return given(open).setAcw(AcwProto.write(agentId, open)).build();
    }

    private static AgentDayAcw.Builder given(OpenAcw acw) {
        AgentDayAcw.Builder proto = AgentDayAcw.newBuilder();
        if (acw.mode().hasDeadline()) {
            proto.setGivenDuration(ProtoTimes.duration(acw.policy().get(PolicyField.DURATION)));
        }
        return proto;
    }

    static AgentDayQueue write(String queueId, AcwFigures figures, Tally queue) {
        AgentDayQueue.Builder proto = AgentDayQueue.newBuilder()
                .setQueueId(queueId)
                .setFigures(figures)
                .setQueueAcwCount(queue.acws());
        queue.averageAcw().map(ProtoTimes::duration).ifPresent(proto::setQueueAverageAcwDuration);
        queue.averageHandleTime().map(ProtoTimes::duration).ifPresent(proto::setQueueAverageHandleDuration);
        return proto.build();
    }
}
