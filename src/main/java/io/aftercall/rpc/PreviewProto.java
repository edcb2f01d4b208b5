package io.aftercall.rpc;

import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.interaction.InteractionPreview;
import java.time.Instant;

/** What comes next, in messages. */
final class PreviewProto {

    private static final int MAX_REASON_LENGTH = 256;

    private PreviewProto() {}

    /** The preview of a request; unusable if anything is wrong with it. */
    static InteractionPreview read(FieldReader fields, boolean present, io.aftercall.api.v1.InteractionPreview proto) {
        if (!present || proto.equals(io.aftercall.api.v1.InteractionPreview.getDefaultInstance())) {
            fields.violations().add("preview", "is required, and must say something");
        }
        InteractionId id = proto.getInteractionId().isEmpty()
                ? null
                : fields.interactionId("preview.interaction_id", proto.getInteractionId());
        Channel channel = fields.optionalChoice("preview.channel", proto.getChannel(), Channel.class);
        Direction direction = fields.optionalChoice("preview.direction", proto.getDirection(), Direction.class);
        String queueId = fields.optionalId("preview.queue_id", proto.getQueueId());
        String customerId = fields.optionalId("preview.customer_id", proto.getCustomerId());
        String reason = proto.getReason();
        if (reason.codePointCount(0, reason.length()) > MAX_REASON_LENGTH
                || reason.chars().anyMatch(Character::isISOControl)) {
            fields.violations().add("preview.reason", "must be one line of 256 printable characters at most");
        }
        Instant expected = fields.time("preview.expected_time", proto.hasExpectedTime(), proto.getExpectedTime());
        return new InteractionPreview(
                id, channel, direction, queueId, customerId, reason.isEmpty() ? null : reason, expected);
    }

    static io.aftercall.api.v1.InteractionPreview write(InteractionPreview preview) {
        io.aftercall.api.v1.InteractionPreview.Builder proto = io.aftercall.api.v1.InteractionPreview.newBuilder();
        if (preview.id() != null) {
            proto.setInteractionId(preview.id().value());
        }
        if (preview.channel() != null) {
            proto.setChannel(InteractionProto.write(preview.channel()));
        }
        if (preview.direction() != null) {
            proto.setDirection(InteractionProto.write(preview.direction()));
        }
        if (preview.queueId() != null) {
            proto.setQueueId(preview.queueId());
        }
        if (preview.customerId() != null) {
            proto.setCustomerId(preview.customerId());
        }
        if (preview.reason() != null) {
            proto.setReason(preview.reason());
        }
        if (preview.expectedTime() != null) {
            proto.setExpectedTime(ProtoTimes.timestamp(preview.expectedTime()));
        }
        return proto.build();
    }
}
