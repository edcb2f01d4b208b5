package io.aftercall.store;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.SettledAcw;
import io.aftercall.engine.AcwKey;
import io.aftercall.engine.AgentStore.Committed;
import io.aftercall.engine.AgentStore.Loaded;
import io.aftercall.engine.AgentStore.Needs;
import io.aftercall.engine.AgentStore.Writes;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.StoredAgent;
import io.aftercall.engine.StoredReply;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * One transaction over agents, in two flights of pipelined statements: one that locks and reads, one that writes and
 * commits. Agents are locked first and in order, the tenant's counter last, so that no two transactions wait for each
 * other.
 */
final class AgentTransaction {

    /** The state is only sent if it is not the one that is known: most often it is. */
    private static final String LOCK =
            """
            SELECT a.agent_id, a.version, a.revision,
                CASE WHEN a.version = known.version AND a.revision = known.revision THEN NULL ELSE a.state END AS state
            FROM unnest($2::text[], $3::bigint[], $4::bigint[]) AS known (agent_id, version, revision)
            JOIN agent a ON a.tenant_id = $1 AND a.agent_id = known.agent_id
            ORDER BY a.agent_id
            FOR UPDATE OF a
            """;

    private static final String REGISTER =
            """
            INSERT INTO agent (tenant_id, agent_id, version, revision, state)
            SELECT $1, agent_id, 0, 0, '{"presence": {"presence": "OFFLINE"}}'
            FROM unnest($2::text[]) AS agent_id
            ORDER BY agent_id
            ON CONFLICT DO NOTHING
            """;

    /** Removes those that were registered for commands that were then refused. */
    private static final String UNREGISTER =
            "DELETE FROM agent WHERE tenant_id = $1 AND agent_id = ANY ($2::text[]) AND version = 0";

    /** A statement of its own, and after the locks: its snapshot has what those that held them have written. */
    private static final String NOW =
            "SELECT clock_timestamp() AS now, policy_revision FROM tenant WHERE tenant_id = $1";

    private final SqlConnection connection;
    private final String tenant;
    private String[] registered = {};

    AgentTransaction(SqlConnection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    Future<Committed> run(Needs needs, Function<Loaded, Writes> decide) {
        plain("BEGIN");
        return load(needs)
                .compose(loaded -> write(loaded, decide.apply(loaded)))
                .recover(failure -> plain("ROLLBACK").transform(rolledBack -> Future.failedFuture(failure)));
    }

    private Future<Loaded> load(Needs needs) {
        Future<RowSet<Row>> locked = query(LOCK, lockParameters(needs));
        Future<Loaded> loaded = read(needs, locked);
        return locked.compose(rows -> {
            Map<AgentId, StoredAgent> known = agents(rows, needs.known());
            registered = ids(needs.registering().stream()
                    .filter(agent -> !known.containsKey(agent))
                    .toList());
            if (registered.length == 0) {
                return loaded;
            }
            query(REGISTER, Tuple.of(tenant).addArrayOfString(registered));
            return loaded.compose(first -> read(needs, query(LOCK, lockParameters(needs))));
        });
    }

    private Future<Loaded> read(Needs needs, Future<RowSet<Row>> locked) {
        Future<RowSet<Row>> settled = needs.acws().isEmpty()
                ? Future.succeededFuture()
                : query(SettledAcwRows.SELECT, settledKeys(needs.acws()));
        Future<RowSet<Row>> replies = needs.requests().isEmpty()
                ? Future.succeededFuture()
                : query(
                        ReplyRows.SELECT,
                        Tuple.of(tenant).addArrayOfUUID(needs.requests().toArray(UUID[]::new)));
        Future<RowSet<Row>> now = query(NOW, Tuple.of(tenant));
        return Future.all(locked, settled, replies, now).map(all -> {
            Row row = now.result().iterator().next();
            Map<AcwKey, SettledAcw> acws = settled(settled.result());
            return new Loaded(
                    row.getOffsetDateTime("now").toInstant(),
                    row.getLong("policy_revision"),
                    agents(locked.result(), needs.known()),
                    acws,
                    replies(replies.result(), acws));
        });
    }

    private Future<Committed> write(Loaded loaded, Writes writes) {
        if (writes.isEmpty()) {
            return plain("ROLLBACK").map(done -> new Committed(loaded.now(), List.of()));
        }
        List<Future<?>> written = new ArrayList<>();
        if (!writes.settled().isEmpty()) {
            Map<AcwKey, SettledAcw> last = new LinkedHashMap<>();
            writes.settled().forEach(acw -> last.put(AcwKey.of(acw), acw));
            List<SettledAcw> settled = List.copyOf(last.values());
            List<AcwKey> again =
                    last.keySet().stream().filter(loaded.settled()::containsKey).toList();
            if (!again.isEmpty()) {
                written.add(query(SettledAcwRows.DELETE, settledKeys(again)));
            }
            written.add(query(SettledAcwRows.INSERT, SettledAcwRows.parameters(tenant, settled)));
            List<SettledAcw> wrapUps = writes.settled().stream()
                    .filter(acw -> acw.wrapUp().isPresent())
                    .toList();
            if (!wrapUps.isEmpty()) {
                written.add(query(WrapUpRows.INSERT, WrapUpRows.parameters(tenant, loaded.now(), wrapUps)));
            }
        }
        Future<RowSet<Row>> numbered =
                query(ChangeRows.WRITE, ChangeRows.parameters(tenant, loaded.now(), writes.changes()));
        written.add(numbered);
        if (!writes.replies().isEmpty()) {
            long changes = writes.changes().size();
            written.add(query(ReplyRows.INSERT, ReplyRows.parameters(tenant, loaded.now(), changes, writes.replies())));
        }
        if (registered.length > 0) {
            written.add(query(UNREGISTER, Tuple.of(tenant).addArrayOfString(registered)));
        }
        written.add(plain("COMMIT"));
        return Future.all(written).map(done -> committed(loaded, writes, numbered.result()));
    }

    private static Committed committed(Loaded loaded, Writes writes, RowSet<Row> numbered) {
        long revision = numbered.iterator().next().getLong("base");
        List<CommittedChange> changes = new ArrayList<>(writes.changes().size());
        for (var change : writes.changes()) {
            changes.add(new CommittedChange(++revision, loaded.now(), Optional.of(change)));
        }
        return new Committed(loaded.now(), changes);
    }

    static StoredAgent agent(Row row) {
        AgentId agentId = new AgentId(row.getString("agent_id"));
        return new StoredAgent(
                AgentStateJson.read(agentId, row.getLong("version"), row.getJsonObject("state")),
                row.getLong("revision"));
    }

    private static Map<AgentId, StoredAgent> agents(RowSet<Row> rows, Map<AgentId, StoredAgent> known) {
        Map<AgentId, StoredAgent> agents = new HashMap<>();
        for (Row row : rows) {
            StoredAgent agent =
                    row.getValue("state") == null ? known.get(new AgentId(row.getString("agent_id"))) : agent(row);
            agents.put(agent.state().agentId(), agent);
        }
        return agents;
    }

    private Tuple lockParameters(Needs needs) {
        Tuple parameters = Tuple.of(tenant);
        new Columns<>(List.copyOf(needs.agents()), parameters)
                .text(AgentId::value)
                .add(
                        Long.class,
                        id -> needs.known().containsKey(id)
                                ? needs.known().get(id).state().version()
                                : 0L)
                .add(
                        Long.class,
                        id -> needs.known().containsKey(id)
                                ? needs.known().get(id).revision()
                                : -1L);
        return parameters;
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

    private Tuple settledKeys(Collection<AcwKey> keys) {
        String[] agents = new String[keys.size()];
        String[] interactions = new String[keys.size()];
        int place = 0;
        for (AcwKey key : keys) {
            agents[place] = key.agentId().value();
            interactions[place++] = key.interactionId().value();
        }
        return Tuple.of(tenant).addArrayOfString(agents).addArrayOfString(interactions);
    }

    private static String[] ids(Collection<AgentId> agents) {
        return agents.stream().map(AgentId::value).sorted().toArray(String[]::new);
    }

    private Future<RowSet<Row>> query(String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters);
    }

    private Future<RowSet<Row>> plain(String sql) {
        return connection.query(sql).execute();
    }
}
