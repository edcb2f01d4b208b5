package io.aftercall.store;

import io.aftercall.agent.EndReason;
import io.aftercall.interaction.Channel;
import io.aftercall.report.AvailableTime;
import io.aftercall.report.DoneInteraction;
import io.aftercall.report.ReportEntry;
import io.aftercall.report.ReportKey;
import io.aftercall.report.Span;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/** What adds to reports, as it waits to be added up. An interaction has a time at which it was done. */
final class ReportEntryJson {

    private ReportEntryJson() {}

    static String write(ReportEntry entry) {
        if (entry instanceof AvailableTime available) {
            JsonObject json = new JsonObject().put("agent_id", available.agentId());
            putId(json, "team_id", available.teamId());
            put(json, "available", available.span());
            return json.encode();
        }
        DoneInteraction done = (DoneInteraction) entry;
        ReportKey key = done.key();
        JsonObject json = new JsonObject().put("agent_id", key.agentId());
        putId(json, "team_id", key.teamId());
        putId(json, "queue_id", key.queueId());
        Json.put(json, "channel", key.channel());
        putId(json, "disposition_code", key.dispositionCode());
        Json.put(json, "done_time", done.doneTime());
        json.put("sign", done.sign()).put("handled", done.handled());
        done.talk().ifPresent(talk -> put(json, "talk", talk));
        json.put("hold_micros", done.holdMicros());
        done.acw().ifPresent(acw -> {
            put(json, "acw", acw.span());
            Json.put(json, "acw_pauses", acw.pauses(), pause -> {
                JsonObject paused = new JsonObject();
                put(paused, "pause", pause);
                return paused;
            });
            Json.put(json, "end_reason", acw.reason());
            json.put("extended", acw.extended()).put("limited", acw.limited()).put("at_limit", acw.atLimit());
        });
        return json.encode();
    }

    static ReportEntry read(JsonObject json) {
        String agentId = json.getString("agent_id");
        String teamId = json.getString("team_id", "");
        Instant doneTime = Json.instant(json, "done_time");
        if (doneTime == null) {
            return new AvailableTime(agentId, teamId, span(json, "available").orElseThrow());
        }
        ReportKey key = new ReportKey(
                agentId,
                teamId,
                json.getString("queue_id", ""),
                Json.choice(json, "channel", Channel.class),
                json.getString("disposition_code", ""));
        return new DoneInteraction(
                key,
                json.getInteger("sign"),
                doneTime,
                json.getBoolean("handled"),
                span(json, "talk"),
                json.getLong("hold_micros"),
                span(json, "acw").map(span -> acw(json, span)));
    }

    private static DoneInteraction.Acw acw(JsonObject json, Span span) {
        return new DoneInteraction.Acw(
                span,
                Json.list(json, "acw_pauses", paused -> span(paused, "pause").orElseThrow()),
                Json.choice(json, "end_reason", EndReason.class),
                json.getBoolean("extended"),
                json.getBoolean("limited"),
                json.getBoolean("at_limit"));
    }

    private static void putId(JsonObject json, String key, String id) {
        if (!id.isEmpty()) {
            json.put(key, id);
        }
    }

    private static void put(JsonObject json, String key, Span span) {
        Json.put(json, key + "_start_time", span.from());
        Json.put(json, key + "_end_time", span.until());
    }

    private static Optional<Span> span(JsonObject json, String key) {
        return Optional.ofNullable(Json.instant(json, key + "_start_time"))
                .map(from -> new Span(from, Json.instant(json, key + "_end_time")));
    }
}
