package io.aftercall.store;

import io.aftercall.agent.SettledAcw;
import io.aftercall.engine.AcwKey;
import io.aftercall.engine.AgentStore.PendingReply;
import io.aftercall.engine.RequestKey;
import io.aftercall.engine.StoredReply;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The table {@code command_request}: what requests with an id were told. */
final class ReplyRows {

    /** {@code $3} is how many changes the transaction has just numbered. */
    static final String INSERT =
            """
            INSERT INTO command_request (tenant_id, request_id, fingerprint, accept_time, revision, reply)
            SELECT $1, request_id, fingerprint, $2,
                CASE WHEN place < 0 THEN accepted.revision ELSE tenant.revision - $3 + place + 1 END, reply::json
            FROM unnest($4::uuid[], $5::text[], $6::bigint[], $7::bigint[], $8::text[])
                AS accepted (request_id, fingerprint, revision, place, reply)
            JOIN tenant ON tenant_id = $1
            """;

    static final String SELECT =
            """
            SELECT request_id, fingerprint, revision, reply
            FROM command_request
            WHERE tenant_id = $1 AND request_id = ANY ($2::uuid[])
            """;

    static final String FORGET = "DELETE FROM command_request WHERE accept_time < clock_timestamp() - $1::interval";

    private ReplyRows() {}

    static Tuple parameters(String tenant, Instant now, long changes, List<PendingReply> replies) {
        Tuple parameters = Tuple.of(tenant, Columns.time(now), changes);
        new Columns<>(replies, parameters)
                .add(UUID.class, reply -> reply.request().requestId())
                .text(reply -> reply.request().fingerprint())
                .add(Long.class, reply -> reply.reply().agent().revision())
                .add(Long.class, reply -> (long) reply.lastChange())
                .text(reply -> ReplyJson.write(reply.reply()).encode());
        return parameters;
    }

    static StoredReply read(Row row, Map<AcwKey, SettledAcw> settled) {
        RequestKey request = new RequestKey(row.getUUID("request_id"), row.getString("fingerprint"));
        return new StoredReply(request, ReplyJson.read(row.getJsonObject("reply"), row.getLong("revision"), settled));
    }
}
