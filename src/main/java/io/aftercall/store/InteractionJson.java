package io.aftercall.store;

import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.interaction.InteractionOutcome;
import io.aftercall.interaction.InteractionPreview;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** An interaction inside an agent's stored state. */
final class InteractionJson {

    private InteractionJson() {}

    static JsonObject write(Interaction interaction) {
        JsonObject json = new JsonObject()
                .put("interaction_id", interaction.id().value())
                .put("channel", interaction.channel().name());
        Json.put(json, "direction", interaction.direction());
        Json.put(json, "outcome", interaction.outcome());
        Json.put(json, "queue_id", interaction.queueId());
        Json.put(json, "customer_id", interaction.customerId());
        Json.put(json, "start_time", interaction.startTime());
        Json.put(json, "answer_time", interaction.answerTime());
        Json.put(json, "end_time", interaction.endTime());
        Json.put(json, "hold_duration", interaction.holdDuration());
        if (interaction.acwRequested()) {
            json.put("acw_requested", true);
        }
        if (interaction.drafted()) {
            json.put("drafted", true);
        }
        return json;
    }

    static JsonObject write(InteractionPreview preview) {
        JsonObject json = new JsonObject();
        Json.put(json, "interaction_id", preview.id());
        Json.put(json, "channel", preview.channel());
        Json.put(json, "direction", preview.direction());
        Json.put(json, "queue_id", preview.queueId());
        Json.put(json, "customer_id", preview.customerId());
        Json.put(json, "reason", preview.reason());
        Json.put(json, "expected_time", preview.expectedTime());
        return json;
    }

    static InteractionPreview preview(JsonObject json) {
        return new InteractionPreview(
                Json.value(json, "interaction_id", InteractionId::new),
                Json.choice(json, "channel", Channel.class),
                Json.choice(json, "direction", Direction.class),
                json.getString("queue_id"),
                json.getString("customer_id"),
                json.getString("reason"),
                Json.instant(json, "expected_time"));
    }

    static Interaction read(JsonObject json) {
        return new Interaction(
                new InteractionId(json.getString("interaction_id")),
                Channel.valueOf(json.getString("channel")),
                Json.choice(json, "direction", Direction.class),
                Json.choice(json, "outcome", InteractionOutcome.class),
                json.getString("queue_id"),
                json.getString("customer_id"),
                Json.instant(json, "start_time"),
                Json.instant(json, "answer_time"),
                Json.instant(json, "end_time"),
                Json.value(json, "hold_duration", Duration::parse),
                json.getBoolean("acw_requested", false),
                json.getBoolean("drafted", false));
    }
}
