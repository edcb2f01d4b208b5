package io.aftercall.store;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.Presence;
import io.aftercall.agent.PresenceSetting;
import io.vertx.core.json.JsonObject;

/** An agent's stored state. What has a column of its own is not in it. */
final class AgentStateJson {

    private AgentStateJson() {}

    static JsonObject write(AgentState agent) {
        JsonObject json = new JsonObject().put("presence", write(agent.presence()));
        if (agent.nextPresence() != null) {
            json.put("next_presence", write(agent.nextPresence()));
        }
        Json.put(json, "status_since_time", agent.statusSince());
        Json.put(json, "rest_until_time", agent.restUntil());
        Json.put(json, "interactions", agent.interactions(), InteractionJson::write);
        Json.put(json, "acws", agent.acws(), OpenAcwJson::write);
        return json;
    }

    static AgentState read(AgentId agentId, long version, JsonObject json) {
        JsonObject next = json.getJsonObject("next_presence");
        return new AgentState(
                agentId,
                version,
                presence(json.getJsonObject("presence")),
                next == null ? null : presence(next),
                Json.instant(json, "status_since_time"),
                Json.instant(json, "rest_until_time"),
                Json.list(json, "interactions", InteractionJson::read),
                Json.list(json, "acws", OpenAcwJson::read));
    }

    private static JsonObject write(PresenceSetting setting) {
        JsonObject json = new JsonObject().put("presence", setting.presence().name());
        Json.put(json, "not_ready_reason", setting.notReadyReason());
        return json;
    }

    private static PresenceSetting presence(JsonObject json) {
        return new PresenceSetting(Json.choice(json, "presence", Presence.class), json.getString("not_ready_reason"));
    }
}
