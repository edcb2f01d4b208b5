package io.aftercall.bench.stage;

import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.Direction;
import io.aftercall.api.v1.Interaction;
import io.aftercall.api.v1.InteractionOutcome;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.bench.client.ProtoTime;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Answered inbound calls of three minutes that end now, each with an id that no run has ever used. */
final class EndedCalls {
    /** The queue of all of them. */
    static final String QUEUE = "bench";

    private static final long TALK_SECONDS = 180;

    private final String run = UUID.randomUUID().toString();
    private final AtomicLong count = new AtomicLong();

    /** Returns the report that the agent's next call has ended. */
    StartAcwRequest next(String agentId) {
        Instant end = Instant.now();
        Instant answer = end.minusSeconds(TALK_SECONDS);
        return StartAcwRequest.newBuilder()
                .setAgentId(agentId)
                .setInteraction(Interaction.newBuilder()
                        .setInteractionId(run + "-" + count.incrementAndGet())
                        .setChannel(Channel.CHANNEL_VOICE)
                        .setDirection(Direction.DIRECTION_INBOUND)
                        .setOutcome(InteractionOutcome.INTERACTION_OUTCOME_ANSWERED)
                        .setQueueId(QUEUE)
                        .setCustomerId("bench-customer")
                        .setStartTime(ProtoTime.timestamp(answer))
                        .setAnswerTime(ProtoTime.timestamp(answer))
                        .setEndTime(ProtoTime.timestamp(end)))
                .build();
    }
}
