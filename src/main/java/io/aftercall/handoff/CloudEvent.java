package io.aftercall.handoff;

import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.Event;
import io.aftercall.delivery.EventType;
import io.aftercall.engine.DeliveryQueue.Parcel;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.WrapUpRecord;
import io.aftercall.followup.FollowUp;
import io.aftercall.wrapup.WrapUp;
import io.aftercall.wrapup.WrapUpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * An event in the words of CloudEvents 1.0 (https://github.com/cloudevents/spec/blob/v1.0.2), with the extensions
 * {@code sequence} and {@code partitionkey}. Its data has the names of the contract; what is empty is left out.
 */
final class CloudEvent {

    static final String MEDIA_TYPE = "application/cloudevents+json";

    private CloudEvent() {}

    /** In the structured mode of JSON. */
    static JsonObject structured(TenantId tenant, Parcel parcel) {
        JsonObject event = attributes(tenant, parcel.delivery());
        return event.put("datacontenttype", "application/json").put("data", data(parcel));
    }

    /** Everything but the data. */
    static JsonObject attributes(TenantId tenant, Delivery delivery) {
        Event event = delivery.event();
        JsonObject json = new JsonObject()
                .put("specversion", "1.0")
                .put("id", delivery.eventId().toString())
                .put("source", "/tenants/" + tenant)
                .put("type", event.type().cloudEventType())
                .put("time", delivery.eventTime().toString())
                .put("sequence", String.format(Locale.ROOT, "%019d", delivery.sequence()));
        put(json, "subject", subject(event));
        put(json, "partitionkey", event.orderKey());
        return json;
    }

    private static String subject(Event event) {
        if (event.followUpId() != null) {
            return "follow-ups/" + event.followUpId();
        }
        if (event.type() == EventType.CUSTOMER_ERASED) {
            return "customers/" + event.customerId();
        }
        return event.agentId() == null ? "" : "agents/" + event.agentId() + "/interactions/" + event.interactionId();
    }

    /** What it is about, as that stands now; empty if that is there no more. */
    static JsonObject data(Parcel parcel) {
        JsonObject data = new JsonObject();
        Event event = parcel.delivery().event();
        if (event.type() == EventType.CUSTOMER_ERASED) {
            data.put("customer_id", event.customerId());
        }
        parcel.wrapUp().ifPresent(wrapUp -> data.put("wrap_up", wrapUp(wrapUp)));
        parcel.followUp().ifPresent(followUp -> data.put("follow_up", followUp(followUp)));
        return data;
    }

    private static JsonObject wrapUp(WrapUpRecord wrapUp) {
        WrapUpVersion version = wrapUp.wrapUp().version();
        JsonObject json = new JsonObject();
        put(json, "agent_id", wrapUp.key().agentId());
        put(json, "interaction_id", wrapUp.key().interactionId());
        put(json, "channel", wrapUp.channel());
        put(json, "direction", wrapUp.direction());
        put(json, "queue_id", wrapUp.queueId());
        put(json, "customer_id", wrapUp.customerId());
        put(json, "team_id", wrapUp.teamId());
        put(json, "interaction_time", wrapUp.interactionTime());
        json.put("wrap_up_revision", version.revision());
        put(json, "status", version.status());
        put(json, "write_time", version.writeTime());
        put(json, "written_by", version.writtenBy());
        put(json, "editable_until_time", version.editableUntil());
        content(json, wrapUp.wrapUp().content());
        return json;
    }

    private static void content(JsonObject json, WrapUp content) {
        put(json, "disposition_code", content.dispositionCode());
        if (!content.formValues().isEmpty()) {
            json.put("form_values", new JsonObject(content.formValues()));
        }
        put(json, "subject", content.subject());
        put(json, "notes", content.notes());
        put(json, "actions_taken", content.actionsTaken());
        put(json, "actions_recommended", content.actionsRecommended());
        if (!content.tags().isEmpty()) {
            json.put("tags", new JsonArray(content.tags()));
        }
    }

    private static JsonObject followUp(FollowUp followUp) {
        JsonObject json = new JsonObject();
        put(json, "follow_up_id", followUp.id());
        put(json, "kind", followUp.details().kind());
        put(json, "due_time", followUp.details().dueTime());
        JsonObject assignee = new JsonObject();
        String type = followUp.details().assignee().type().name().toLowerCase(Locale.ROOT);
        put(assignee, type + "_id", followUp.details().assignee().id());
        json.put("assignee", assignee);
        put(json, "note", followUp.details().note());
        put(json, "customer_id", followUp.details().customerId());
        put(json, "state", followUp.state());
        put(json, "holder_agent_id", followUp.holderId());
        put(json, "interaction_id", followUp.interactionId());
        json.put("follow_up_revision", followUp.revision());
        put(json, "create_time", followUp.created().time());
        put(json, "created_by", followUp.created().by());
        put(json, "update_time", followUp.updated().time());
        put(json, "updated_by", followUp.updated().by());
        put(json, "remind_time", followUp.remindTime());
        return json;
    }

    private static void put(JsonObject json, String name, Object value) {
        Optional.ofNullable(value)
                .map(Objects::toString)
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> json.put(name, text));
    }
}
