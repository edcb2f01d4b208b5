package io.aftercall.store;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentProfile;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.Presence;
import io.aftercall.agent.PresenceSetting;
import io.aftercall.interaction.Channel;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** An agent's stored state. What has a column of its own is not in it. */
final class AgentStateJson {

    private AgentStateJson() {}

    static JsonObject write(AgentState agent) {
        JsonObject json = new JsonObject().put("presence", write(agent.presence()));
        if (!agent.profile().equals(AgentProfile.NONE)) {
            json.put("profile", write(agent.profile()));
        }
        if (agent.nextPresence() != null) {
            json.put("next_presence", write(agent.nextPresence()));
        }
        Json.put(json, "status_since_time", agent.statusSince());
        Json.put(json, "rest_until_time", agent.restUntil());
        Json.put(json, "interactions", agent.interactions(), InteractionJson::write);
        Json.put(json, "acws", agent.acws(), OpenAcwJson::write);
        if (agent.preview() != null) {
            json.put("preview", InteractionJson.write(agent.preview()));
        }
        Json.put(json, "follow_up_due_time", agent.followUpDue());
        return json;
    }

    static AgentState read(AgentId agentId, long version, JsonObject json) {
        JsonObject profile = json.getJsonObject("profile");
        JsonObject next = json.getJsonObject("next_presence");
        JsonObject preview = json.getJsonObject("preview");
        return new AgentState(
                agentId,
                version,
                profile == null ? AgentProfile.NONE : profile(profile),
                presence(json.getJsonObject("presence")),
                next == null ? null : presence(next),
                Json.instant(json, "status_since_time"),
                Json.instant(json, "rest_until_time"),
                Json.list(json, "interactions", InteractionJson::read),
                Json.list(json, "acws", OpenAcwJson::read),
                preview == null ? null : InteractionJson.preview(preview),
                Json.instant(json, "follow_up_due_time"));
    }

    private static JsonObject write(PresenceSetting setting) {
        JsonObject json = new JsonObject().put("presence", setting.presence().name());
        Json.put(json, "not_ready_reason", setting.notReadyReason());
        if (!setting.declared()) {
            json.put("undeclared", true);
        }
        return json;
    }

    private static PresenceSetting presence(JsonObject json) {
        return new PresenceSetting(
                Json.choice(json, "presence", Presence.class),
                json.getString("not_ready_reason"),
                !json.getBoolean("undeclared", false));
    }

    private static JsonObject write(AgentProfile profile) {
        JsonObject json = new JsonObject();
        Json.put(json, "team_id", profile.teamId());
        if (!profile.labels().isEmpty()) {
            JsonObject labels = new JsonObject();
            profile.labels().forEach(labels::put);
            json.put("labels", labels);
        }
        if (!profile.capacity().isEmpty()) {
            JsonObject capacity = new JsonObject();
            profile.capacity().forEach((channel, slots) -> capacity.put(channel.name(), slots));
            json.put("capacity", capacity);
        }
        return json;
    }

    private static AgentProfile profile(JsonObject json) {
        Map<String, String> labels = new HashMap<>();
        json.getJsonObject("labels", new JsonObject())
                .forEach(label -> labels.put(label.getKey(), (String) label.getValue()));
        Map<Channel, Integer> capacity = new EnumMap<>(Channel.class);
        json.getJsonObject("capacity", new JsonObject())
                .forEach(slots -> capacity.put(Channel.valueOf(slots.getKey()), (Integer) slots.getValue()));
        return new AgentProfile(json.getString("team_id"), labels, capacity);
    }
}
