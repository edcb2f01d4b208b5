package io.aftercall.rpc;

import io.aftercall.api.v1.DeliveryState;
import io.aftercall.api.v1.EventType;
import io.aftercall.api.v1.WebhookDisableReason;
import io.aftercall.api.v1.WebhookHealth;
import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.Event;
import io.aftercall.delivery.Webhook;
import java.util.Optional;
import java.util.UUID;

/** Webhooks and deliveries in messages. */
final class WebhookProto {

    private WebhookProto() {}

    static io.aftercall.api.v1.Webhook write(Webhook webhook) {
        io.aftercall.api.v1.Webhook.Builder proto = io.aftercall.api.v1.Webhook.newBuilder()
                .setWebhookId(webhook.id())
                .setUrl(webhook.url())
                .setDescription(webhook.description())
                .addAllEventTypes(webhook.eventTypes().stream()
                        .sorted()
                        .map(type -> ProtoEnums.write(type, EventType.class))
                        .toList())
                .setEnabled(webhook.enabled())
                .setEtag(webhook.etag())
                .setCreateTime(ProtoTimes.timestamp(webhook.createTime()))
                .setUpdateTime(ProtoTimes.timestamp(webhook.updateTime()))
                .setHealth(write(webhook.health()));
        Optional.ofNullable(webhook.disabled()).ifPresent(disabled -> disabled(proto, disabled));
        return proto.build();
    }

    private static void disabled(io.aftercall.api.v1.Webhook.Builder proto, Webhook.Disabled disabled) {
        proto.setDisableTime(ProtoTimes.timestamp(disabled.since()));
        Optional.ofNullable(disabled.reason())
                .map(reason -> ProtoEnums.write(reason, WebhookDisableReason.class))
                .ifPresent(proto::setDisableReason);
    }

    private static WebhookHealth write(Webhook.Health health) {
        WebhookHealth.Builder proto = WebhookHealth.newBuilder()
                .setConsecutiveFailures(health.failures())
                .setPendingCount(health.pending())
                .setParkedCount(health.parked());
        Optional.ofNullable(health.pausedUntil()).map(ProtoTimes::timestamp).ifPresent(proto::setPausedUntilTime);
        return proto.build();
    }

    static io.aftercall.api.v1.Delivery write(Delivery delivery) {
        io.aftercall.api.v1.Delivery.Builder proto = io.aftercall.api.v1.Delivery.newBuilder()
                .setDeliveryId(Long.toString(delivery.sequence()))
                .setOutlet(delivery.outlet())
                .setEventId(delivery.eventId().toString())
                .setEventTime(ProtoTimes.timestamp(delivery.eventTime()))
                .setState(ProtoEnums.write(delivery.state(), DeliveryState.class))
                .setAttemptCount(delivery.attempts());
        about(proto, delivery.event());
        Optional.ofNullable(delivery.nextAttemptTime())
                .map(ProtoTimes::timestamp)
                .ifPresent(proto::setNextAttemptTime);
        Optional.ofNullable(delivery.lastAttemptTime())
                .map(ProtoTimes::timestamp)
                .ifPresent(proto::setLastAttemptTime);
        Optional.ofNullable(delivery.lastResult()).ifPresent(proto::setLastResult);
        return proto.build();
    }

    private static void about(io.aftercall.api.v1.Delivery.Builder proto, Event event) {
        proto.setEventType(ProtoEnums.write(event.type(), EventType.class));
        Optional.ofNullable(event.agentId()).ifPresent(proto::setAgentId);
        Optional.ofNullable(event.interactionId()).ifPresent(proto::setInteractionId);
        Optional.ofNullable(event.followUpId()).map(UUID::toString).ifPresent(proto::setFollowUpId);
        Optional.ofNullable(event.customerId()).ifPresent(proto::setCustomerId);
    }
}
