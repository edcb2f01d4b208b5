package io.aftercall.store;

import io.aftercall.engine.AuditEvent;
import io.aftercall.engine.AuditTrail;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The table {@code audit_event}. */
final class AuditRows {

    static final String APPEND = "SELECT append_audit_events($1, $2::text[])";

    private AuditRows() {}

    static Tuple parameters(String tenant, List<AuditEvent> events) {
        return Tuple.of(tenant)
                .addArrayOfString(events.stream().map(AuditRows::content).toArray(String[]::new));
    }

    static String content(AuditEvent event) {
        JsonObject content = new JsonObject()
                .put("actor", event.actor().name())
                .put(
                        "roles",
                        new JsonArray(event.actor().roles().stream().sorted().toList()))
                .put("origin", event.actor().origin())
                .put("action", event.action())
                .put("object", event.object())
                .put("outcome", event.outcome().name());
        event.requestId().ifPresent(id -> content.put("request_id", id));
        put(content, "before", event.before());
        put(content, "after", event.after());
        return content.encode();
    }

    private static void put(JsonObject content, String name, Map<String, String> facts) {
        if (!facts.isEmpty()) {
            JsonObject json = new JsonObject();
            new TreeMap<>(facts).forEach(json::put);
            content.put(name, json);
        }
    }

    static AuditTrail.Entry read(Row row) {
        return new AuditTrail.Entry(
                row.getLong("sequence"),
                row.getOffsetDateTime("event_time").toInstant(),
                row.getString("content"),
                bytes(row, "hash"));
    }

    static byte[] bytes(Row row, String column) {
        Buffer bytes = row.getBuffer(column);
        return bytes.getBytes();
    }
}
