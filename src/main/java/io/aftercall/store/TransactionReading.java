package io.aftercall.store;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.SettledAcw;
import io.aftercall.engine.AcwKey;
import io.aftercall.engine.AgentMemory;
import io.aftercall.engine.AgentStore.Loaded;
import io.aftercall.engine.AgentStore.Needs;
import io.aftercall.engine.StoredAgent;
import io.aftercall.engine.StoredReply;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The first flight of a transaction: takes the tenant's lock and reads what is needed. As whoever writes holds that
 * lock, memory at the tenant's revision is what is stored.
 */
final class TransactionReading {

    /** A statement of its own: what is there, and the time, after the lock was given, not when it was asked for. */
    private static final String HEAD =
            "SELECT epoch, revision, policy_revision, clock_timestamp() AS now FROM tenant WHERE tenant_id = $1";

    private static final String AGENTS =
            "SELECT agent_id, version, revision, state FROM agent WHERE tenant_id = $1 AND agent_id = ANY ($2::text[])";

    private final SqlConnection connection;
    private final String tenant;

    TransactionReading(SqlConnection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    Future<Loaded> load(Needs needs) {
        query(TenantLock.TAKE_FOR_TENANT, Tuple.of(tenant));
        Future<RowSet<Row>> head = query(HEAD, Tuple.of(tenant));
        Set<AcwKey> asked = perhapsSettled(needs.acws(), needs.memory());
        Future<RowSet<Row>> settled = settled(asked);
        Future<RowSet<Row>> replies = needs.requests().isEmpty()
                ? Future.succeededFuture()
                : query(
                        ReplyRows.SELECT,
                        Tuple.of(tenant).addArrayOfUUID(needs.requests().toArray(UUID[]::new)));
        return Future.all(head, settled, replies).compose(all -> {
            Row row = head.result().iterator().next();
            boolean remembered = epoch(row).equals(needs.memory().epoch())
                    && row.getLong("revision") == needs.memory().revision();
            Future<Map<AgentId, StoredAgent>> agents = remembered
                    ? Future.succeededFuture(remembered(needs))
                    : query(
                                    AGENTS,
                                    Tuple.of(tenant)
                                            .addArrayOfString(needs.agents().stream()
                                                    .map(AgentId::value)
                                                    .toArray(String[]::new)))
                            .map(TransactionReading::agents);
            Set<AcwKey> rest = remembered ? perhapsSettled(needs.acws(), needs.memory()) : new HashSet<>(needs.acws());
            rest.removeAll(asked);
            return Future.all(agents, settled(rest))
                    .map(read -> loaded(row, read.resultAt(0), settled.result(), read.resultAt(1), replies.result()));
        });
    }

    /** An ACW that is open is not settled: it need not be looked for. */
    private static Set<AcwKey> perhapsSettled(Set<AcwKey> acws, AgentMemory memory) {
        Set<AcwKey> perhaps = new HashSet<>(acws);
        perhaps.removeIf(key -> memory.agent(key.agentId())
                .flatMap(agent -> agent.state().acw(key.interactionId()))
                .isPresent());
        return perhaps;
    }

    private static Map<AgentId, StoredAgent> remembered(Needs needs) {
        Map<AgentId, StoredAgent> remembered = new HashMap<>();
        needs.agents().forEach(id -> needs.memory().agent(id).ifPresent(agent -> remembered.put(id, agent)));
        return remembered;
    }

    private Future<RowSet<Row>> settled(Set<AcwKey> keys) {
        return keys.isEmpty()
                ? Future.succeededFuture()
                : query(SettledAcwRows.SELECT, SettledAcwRows.keys(tenant, keys));
    }

    private static Loaded loaded(
            Row head,
            Map<AgentId, StoredAgent> agents,
            RowSet<Row> settled,
            RowSet<Row> settledToo,
            RowSet<Row> replies) {
        Map<AcwKey, SettledAcw> acws = settled(settled);
        acws.putAll(settled(settledToo));
        Instant now = head.getOffsetDateTime("now").toInstant();
        return new Loaded(
                now,
                epoch(head),
                head.getLong("revision"),
                head.getLong("policy_revision"),
                agents,
                acws,
                replies(replies, acws));
    }

    private static String epoch(Row head) {
        return head.getUUID("epoch").toString();
    }

    static StoredAgent agent(AgentId agentId, Row row) {
        return new StoredAgent(
                AgentStateJson.read(agentId, row.getLong("version"), row.getJsonObject("state")),
                row.getLong("revision"));
    }

    private static Map<AgentId, StoredAgent> agents(RowSet<Row> rows) {
        Map<AgentId, StoredAgent> agents = new HashMap<>();
        for (Row row : rows) {
            AgentId agentId = new AgentId(row.getString("agent_id"));
            agents.put(agentId, agent(agentId, row));
        }
        return agents;
    }

    private static Map<AcwKey, SettledAcw> settled(RowSet<Row> rows) {
        Map<AcwKey, SettledAcw> settled = new HashMap<>();
        if (rows != null) {
            PostgresAgentStore.all(rows, SettledAcwRows::read).forEach(acw -> settled.put(AcwKey.of(acw), acw));
        }
        return settled;
    }

    private static Map<UUID, StoredReply> replies(RowSet<Row> rows, Map<AcwKey, SettledAcw> settled) {
        Map<UUID, StoredReply> replies = new HashMap<>();
        if (rows != null) {
            PostgresAgentStore.all(rows, row -> ReplyRows.read(row, settled))
                    .forEach(reply -> replies.put(reply.request().requestId(), reply));
        }
        return replies;
    }

    private Future<RowSet<Row>> query(String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters);
    }
}
