package io.aftercall.rpc;

import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.interaction.InteractionOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Interactions in messages. */
final class InteractionProto {

    private static final Duration MAX_HOLD = Duration.ofHours(24);
    private static final Function<Channel, io.aftercall.api.v1.Channel> CHANNEL =
            ProtoEnums.writer(Channel.class, io.aftercall.api.v1.Channel.class);
    private static final Function<Direction, io.aftercall.api.v1.Direction> DIRECTION =
            ProtoEnums.writer(Direction.class, io.aftercall.api.v1.Direction.class);
    private static final Function<InteractionOutcome, io.aftercall.api.v1.InteractionOutcome> OUTCOME =
            ProtoEnums.writer(InteractionOutcome.class, io.aftercall.api.v1.InteractionOutcome.class);

    private InteractionProto() {}

    /** The interaction of a request; null if anything is wrong with it. */
    static Interaction read(FieldReader fields, boolean present, io.aftercall.api.v1.Interaction proto) {
        if (!present) {
            fields.violations().add("interaction", "is required");
            return null;
        }
        InteractionId id = fields.interactionId("interaction.interaction_id", proto.getInteractionId());
        Channel channel = fields.choice("interaction.channel", proto.getChannel(), Channel.class);
        Direction direction = fields.optionalChoice("interaction.direction", proto.getDirection(), Direction.class);
        InteractionOutcome outcome =
                fields.optionalChoice("interaction.outcome", proto.getOutcome(), InteractionOutcome.class);
        String queueId = fields.optionalId("interaction.queue_id", proto.getQueueId());
        String customerId = fields.optionalId("interaction.customer_id", proto.getCustomerId());
        Instant start = fields.time("interaction.start_time", proto.hasStartTime(), proto.getStartTime());
        Instant answer = fields.time("interaction.answer_time", proto.hasAnswerTime(), proto.getAnswerTime());
        Instant end = fields.time("interaction.end_time", proto.hasEndTime(), proto.getEndTime());
        Duration hold = fields.duration("interaction.hold_duration", proto.hasHoldDuration(), proto.getHoldDuration());
        requireOrder(fields, "interaction.answer_time", start, answer, "start_time");
        requireOrder(fields, "interaction.end_time", answer, end, "answer_time");
        requireOrder(fields, "interaction.end_time", start, end, "start_time");
        if (hold != null && (hold.isNegative() || hold.compareTo(MAX_HOLD) > 0)) {
            fields.violations().add("interaction.hold_duration", "must be 0 s to 24 h");
        }
        return id == null || channel == null
                ? null
                : new Interaction(
                        id,
                        channel,
                        direction,
                        outcome,
                        queueId,
                        customerId,
                        start,
                        answer,
                        end,
                        hold,
                        proto.getAcwRequested(),
                        false);
    }

    static io.aftercall.api.v1.Interaction write(Interaction interaction) {
        io.aftercall.api.v1.Interaction.Builder proto = io.aftercall.api.v1.Interaction.newBuilder()
                .setInteractionId(interaction.id().value())
                .setChannel(CHANNEL.apply(interaction.channel()))
                .setAcwRequested(interaction.acwRequested())
                .setDrafted(interaction.drafted());
        if (interaction.direction() != null) {
            proto.setDirection(DIRECTION.apply(interaction.direction()));
        }
        if (interaction.outcome() != null) {
            proto.setOutcome(OUTCOME.apply(interaction.outcome()));
        }
        if (interaction.queueId() != null) {
            proto.setQueueId(interaction.queueId());
        }
        if (interaction.customerId() != null) {
            proto.setCustomerId(interaction.customerId());
        }
        if (interaction.startTime() != null) {
            proto.setStartTime(ProtoTimes.timestamp(interaction.startTime()));
        }
        if (interaction.answerTime() != null) {
            proto.setAnswerTime(ProtoTimes.timestamp(interaction.answerTime()));
        }
        if (interaction.endTime() != null) {
            proto.setEndTime(ProtoTimes.timestamp(interaction.endTime()));
        }
        if (interaction.holdDuration() != null) {
            proto.setHoldDuration(ProtoTimes.duration(interaction.holdDuration()));
        }
        return proto.build();
    }

    static io.aftercall.api.v1.Direction write(Direction direction) {
        return DIRECTION.apply(direction);
    }

    static io.aftercall.api.v1.Channel write(Channel channel) {
        return CHANNEL.apply(channel);
    }

    private static void requireOrder(FieldReader fields, String field, Instant first, Instant then, String before) {
        if (first != null && then != null && then.isBefore(first)) {
            fields.violations().add(field, "must not be before " + before);
        }
    }
}
