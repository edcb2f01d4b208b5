package io.aftercall.rpc;

import com.google.protobuf.ByteString;
import io.aftercall.api.v1.AuditEvent;
import io.aftercall.api.v1.AuditOutcome;
import io.aftercall.engine.AuditTrail;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;

/** Entries of the audit trail in messages. */
final class AuditProto {

    private AuditProto() {}

    static AuditEvent write(AuditTrail.Entry entry) {
        JsonObject content = new JsonObject(entry.content());
        AuditEvent.Builder event = AuditEvent.newBuilder()
                .setSequence(entry.sequence())
                .setEventTime(ProtoTimes.timestamp(entry.time()))
                .setActor(content.getString("actor"))
                .setOrigin(content.getString("origin"))
                .setAction(content.getString("action"))
                .setObject(content.getString("object"))
                .setOutcome(AuditOutcome.valueOf("AUDIT_OUTCOME_" + content.getString("outcome")))
                .setRequestId(content.getString("request_id", ""))
                .putAllBefore(facts(content, "before"))
                .putAllAfter(facts(content, "after"))
                .setContent(entry.content())
                .setHash(ByteString.copyFrom(entry.hash()));
        content.getJsonArray("roles").forEach(role -> event.addRoles((String) role));
        return event.build();
    }

    private static Map<String, String> facts(JsonObject content, String name) {
        return content.getJsonObject(name, new JsonObject()).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, fact -> (String) fact.getValue()));
    }
}
