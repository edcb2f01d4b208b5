package io.aftercall.store;

import io.aftercall.agent.AcwOutcome;
import io.aftercall.agent.AgentId;
import io.aftercall.agent.EarlyCompletion;
import io.aftercall.agent.OpenAcw;
import io.aftercall.agent.Outcome;
import io.aftercall.agent.SettledAcw;
import io.aftercall.engine.AcwKey;
import io.aftercall.engine.Reply;
import io.aftercall.engine.StoredAgent;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.WrapUpStatus;
import io.aftercall.wrapup.WrapUpVersion;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** What an accepted request was told. A settled ACW is not repeated, nor what was written: they have their tables. */
final class ReplyJson {

    private ReplyJson() {}

    static JsonObject write(Reply.Accepted reply) {
        JsonObject json = new JsonObject()
                .put("agent_id", reply.agent().state().agentId().value())
                .put("version", reply.agent().state().version())
                .put("state", AgentStateJson.write(reply.agent().state()))
                .put("replay", reply.outcome().replay())
                .put("pending", reply.outcome().pending())
                .put("touched", reply.outcome().touched());
        reply.outcome().acw().ifPresent(acw -> write(json, acw));
        reply.outcome().wrapUp().ifPresent(wrapUp -> json.put("wrap_up", write(wrapUp)));
        return json;
    }

    static Reply.Accepted read(JsonObject json, long revision, Map<AcwKey, SettledAcw> settled) {
        AgentId agentId = new AgentId(json.getString("agent_id"));
        StoredAgent agent = new StoredAgent(
                AgentStateJson.read(agentId, json.getLong("version"), json.getJsonObject("state")), revision);
        Outcome outcome = new Outcome(
                acw(json, agentId, settled),
                json.getBoolean("replay"),
                json.getBoolean("pending"),
                json.getInteger("touched", 0),
                Optional.ofNullable(json.getJsonObject("wrap_up")).map(ReplyJson::wrapUp));
        return new Reply.Accepted(agent, outcome);
    }

    private static void write(JsonObject json, AcwOutcome acw) {
        if (acw instanceof OpenAcw open) {
            json.put("open_acw", OpenAcwJson.write(open));
        } else if (!(acw instanceof EarlyCompletion)) {
            json.put("settled_interaction_id", acw.interactionId().value());
        }
    }

    private static JsonObject write(WrapUpVersion wrapUp) {
        JsonObject json = new JsonObject()
                .put("revision", wrapUp.revision())
                .put("status", wrapUp.status().name())
                .put("write_time", wrapUp.writeTime().toString())
                .put("written_by", wrapUp.writtenBy());
        Json.put(json, "editable_until", wrapUp.editableUntil());
        return json;
    }

    private static WrapUpVersion wrapUp(JsonObject json) {
        return new WrapUpVersion(
                json.getInteger("revision"),
                WrapUpStatus.valueOf(json.getString("status")),
                Json.instant(json, "write_time"),
                json.getString("written_by"),
                Json.instant(json, "editable_until"));
    }

    private static Optional<AcwOutcome> acw(JsonObject json, AgentId agentId, Map<AcwKey, SettledAcw> settled) {
        JsonObject open = json.getJsonObject("open_acw");
        if (open != null) {
            return Optional.of(OpenAcwJson.read(open));
        }
        return Optional.ofNullable(Json.value(json, "settled_interaction_id", InteractionId::new))
                .map(id -> settled.get(new AcwKey(agentId, id)));
    }
}
