package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.aftercall.agent.EndReason;
import io.aftercall.api.v1.AcwBlocks;
import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AcwEndReasonShare;
import io.aftercall.api.v1.AcwFigures;
import io.aftercall.api.v1.AcwMode;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.AgentDayAcw;
import io.aftercall.api.v1.AgentDayQueue;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.AgentStatusSpan;
import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.Direction;
import io.aftercall.api.v1.GetAgentDayResponse;
import io.aftercall.api.v1.Interaction;
import io.aftercall.api.v1.InteractionOutcome;
import io.aftercall.api.v1.WrapUpStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** However much there is to say, with the longest ids and reasons that are accepted. */
class LongestAgentDayTest {

    private static final Timestamp TIME =
            Timestamps.fromNanos(Instant.parse("2099-12-31T23:59:59Z").getEpochSecond() * 1_000_000_000L + 999_999_999);
    private static final Duration LONG =
            Duration.newBuilder().setSeconds(86_400_000).setNanos(999_999_999).build();
    private static final String ID = "x".repeat(128);
    private static final String REASON = "🙂".repeat(128);
    private static final String FORCE_REASON = "🙂".repeat(256);

    private static final AgentStatusSpan SPAN = AgentStatusSpan.newBuilder()
            .setStatus(AgentStatus.AGENT_STATUS_NOT_READY)
            .setNotReadyReason(REASON)
            .setStartTime(TIME)
            .setEndTime(TIME)
            .build();

    private static final AgentDayAcw ACW = AgentDayAcw.newBuilder()
            .setAcw(AfterCallWork.newBuilder()
                    .setAcwId("x".repeat(36))
                    .setAgentId(ID)
                    .setInteraction(Interaction.newBuilder()
                            .setInteractionId(ID)
                            .setChannel(Channel.CHANNEL_VOICE)
                            .setDirection(Direction.DIRECTION_INBOUND)
                            .setOutcome(InteractionOutcome.INTERACTION_OUTCOME_ANSWERED)
                            .setQueueId(ID)
                            .setCustomerId(ID)
                            .setStartTime(TIME)
                            .setAnswerTime(TIME)
                            .setEndTime(TIME)
                            .setHoldDuration(LONG))
                    .setMode(AcwMode.ACW_MODE_TIMED)
                    .setStartTime(TIME)
                    .setDeadlineTime(TIME)
                    .setExtensionsUsed(100)
                    .setExtensionDuration(LONG)
                    .setBlocks(AcwBlocks.ACW_BLOCKS_ALL_CHANNELS)
                    .setVisible(true)
                    .setPolicyRevision(Long.MAX_VALUE)
                    .setEndTime(TIME)
                    .setEndReason(AcwEndReason.ACW_END_REASON_FORCED)
                    .setEndedBy("x".repeat(255))
                    .setForceReason(FORCE_REASON)
                    .setShortenedDuration(LONG))
            .setGivenDuration(LONG)
            .setWrapUpStatus(WrapUpStatus.WRAP_UP_STATUS_FINAL)
            .setCompletedLate(true)
            .build();

    private static final AgentDayQueue QUEUE = AgentDayQueue.newBuilder()
            .setQueueId(ID)
            .setFigures(AcwFigures.newBuilder()
                    .setHandledCount(Long.MAX_VALUE)
                    .setAcwCount(Long.MAX_VALUE)
                    .setAcwDuration(LONG)
                    .setTalkDuration(LONG)
                    .setHoldDuration(LONG)
                    .setAvailableDuration(LONG)
                    .setAverageAcwDuration(LONG)
                    .setP50AcwDuration(LONG)
                    .setP90AcwDuration(LONG)
                    .setP95AcwDuration(LONG)
                    .setMaxAcwDuration(LONG)
                    .addAllEndReasons(Stream.of(EndReason.values())
                            .map(reason -> AcwEndReasonShare.newBuilder()
                                    .setEndReason(AcwProto.write(reason))
                                    .setAcwCount(Long.MAX_VALUE)
                                    .setShare(0.3)
                                    .build())
                            .toList())
                    .setExtendedCount(Long.MAX_VALUE)
                    .setExtensionRate(0.3)
                    .setAverageHandleDuration(LONG)
                    .setAcwShare(0.3)
                    .setOccupancy(0.3))
            .setQueueAcwCount(Long.MAX_VALUE)
            .setQueueAverageAcwDuration(LONG)
            .setQueueAverageHandleDuration(LONG)
            .build();

    @Test
    void itStaysBelowThreeMib() {
        GetAgentDayResponse longest = GetAgentDayResponse.newBuilder()
                .addAllStatuses(Collections.nCopies(AgentDayReader.MOST_STATUSES, SPAN))
                .addAllAcws(Collections.nCopies(AgentDayReader.MOST_ACWS, ACW))
                .addAllQueues(Collections.nCopies(AgentDayReader.MOST_QUEUES, QUEUE))
                .setFigures(QUEUE.getFigures())
                .setCompleteFromTime(TIME)
                .setAsOfTime(TIME)
                .setOmittedAcwCount(Integer.MAX_VALUE)
                .build();

        assertThat(longest.getSerializedSize()).isLessThan(3 << 20);
    }
}
