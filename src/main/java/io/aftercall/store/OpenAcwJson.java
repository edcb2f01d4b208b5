package io.aftercall.store;

import io.aftercall.agent.OpenAcw;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;

/** An open ACW inside an agent's stored state. */
final class OpenAcwJson {

    private OpenAcwJson() {}

    static JsonObject write(OpenAcw acw) {
        JsonObject json = new JsonObject()
                .put("acw_id", acw.acwId().toString())
                .put("interaction", InteractionJson.write(acw.interaction()))
                .put("policy", PolicyJson.write(acw.policy()))
                .put("policy_revision", acw.policyRevision())
                .put("start_time", acw.startTime().toString())
                .put("extensions_used", acw.extensionsUsed())
                .put("warned", acw.warned());
        Json.put(json, "deadline_time", acw.deadline());
        Json.put(json, "shortened_duration", acw.shortened());
        if (acw.paused()) {
            JsonObject pause =
                    new JsonObject().put("since_time", acw.pause().since().toString());
            Json.put(pause, "remaining_duration", acw.pause().remaining());
            json.put("pause", pause);
        }
        Json.put(json, "pauses", acw.pauses(), OpenAcwJson::write);
        return json;
    }

    static OpenAcw read(JsonObject json) {
        JsonObject pause = json.getJsonObject("pause");
        return new OpenAcw(
                UUID.fromString(json.getString("acw_id")),
                InteractionJson.read(json.getJsonObject("interaction")),
                PolicyJson.read(json.getJsonObject("policy")),
                json.getLong("policy_revision"),
                Json.instant(json, "start_time"),
                Json.instant(json, "deadline_time"),
                json.getInteger("extensions_used"),
                json.getBoolean("warned"),
                pause == null ? null : readPause(pause),
                Json.value(json, "shortened_duration", Duration::parse),
                Json.list(json, "pauses", OpenAcwJson::readPaused));
    }

    static JsonObject write(OpenAcw.Paused paused) {
        return new JsonObject()
                .put("since_time", paused.since().toString())
                .put("until_time", paused.until().toString());
    }

    static OpenAcw.Paused readPaused(JsonObject json) {
        return new OpenAcw.Paused(Json.instant(json, "since_time"), Json.instant(json, "until_time"));
    }

    private static OpenAcw.Pause readPause(JsonObject json) {
        return new OpenAcw.Pause(
                Json.instant(json, "since_time"), Json.value(json, "remaining_duration", Duration::parse));
    }
}
