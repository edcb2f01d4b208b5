package io.aftercall.store;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.SettledAcw;
import io.aftercall.agent.StateChange;
import io.aftercall.engine.AcwKey;
import io.aftercall.engine.AgentMemory;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One transaction over agents, in two flights of pipelined statements: one that takes the tenant's lock and reads, one
 * that writes and commits. As whoever writes holds that lock, memory at the tenant's revision is what is stored, and no
 * two transactions can wait for each other.
 */
final class AgentTransaction {

    /** A statement of its own: what is there, and the time, after the lock was given, not when it was asked for. */
    private static final String HEAD =
            "SELECT epoch, revision, policy_revision, clock_timestamp() AS now FROM tenant WHERE tenant_id = $1";

    private static final String AGENTS =
            "SELECT agent_id, version, revision, state FROM agent WHERE tenant_id = $1 AND agent_id = ANY ($2::text[])";

    private static final String REGISTER =
            """
            INSERT INTO agent (tenant_id, agent_id, version, revision, state)
            SELECT $1, agent_id, 0, 0, '{}' FROM unnest($2::text[]) AS agent_id
            """;

    /** Changes that are sent at once. */
    private static final int PORTION = 48;

    private final SqlConnection connection;
    private final String tenant;
    private final Runnable whenEnding;
    private boolean ending;

    /**
     * @param whenEnding run when the last statement has been sent
     */
    AgentTransaction(SqlConnection connection, String tenant, Runnable whenEnding) {
        this.connection = connection;
        this.tenant = tenant;
        this.whenEnding = whenEnding;
    }

    Future<Committed> run(Needs needs, Function<Loaded, Writes> decide) {
        plain("BEGIN");
        return load(needs)
                .compose(loaded -> write(loaded, decide.apply(loaded)))
                .recover(failure -> ending
                        ? Future.failedFuture(failure)
                        : end("ROLLBACK").transform(done -> Future.failedFuture(failure)));
    }

    private Future<Loaded> load(Needs needs) {
        query(TenantLock.TAKE, Tuple.of(tenant));
        Future<RowSet<Row>> head = query(HEAD, Tuple.of(tenant));
        Set<AcwKey> asked = perhapsSettled(needs.acws(), needs.memory());
        Future<RowSet<Row>> settled = settled(asked);
        Future<RowSet<Row>> replies = needs.requests().isEmpty()
                ? Future.succeededFuture()
                : query(
                        ReplyRows.SELECT,
                        Tuple.of(tenant).addArrayOfUUID(needs.requests().toArray(UUID[]::new)));
        return Future.all(head, settled, replies).compose(all -> {
            Row row = only(head.result());
            boolean remembered = epoch(row).equals(needs.memory().epoch())
                    && row.getLong("revision") == needs.memory().revision();
            Future<Map<AgentId, StoredAgent>> agents = remembered
                    ? Future.succeededFuture(remembered(needs))
                    : query(AGENTS, Tuple.of(tenant).addArrayOfString(ids(needs.agents())))
                            .map(AgentTransaction::agents);
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
        return keys.isEmpty() ? Future.succeededFuture() : query(SettledAcwRows.SELECT, settledKeys(keys));
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

    private Future<Committed> write(Loaded loaded, Writes writes) {
        if (writes.isEmpty()) {
            return end("ROLLBACK").map(done -> new Committed(loaded.now(), List.of()));
        }
        List<Future<?>> written = new ArrayList<>();
        String[] unseen = ids(writes.changes().stream()
                .map(change -> change.state().agentId())
                .filter(agent -> !loaded.agents().containsKey(agent))
                .collect(Collectors.toSet()));
        if (unseen.length > 0) {
            written.add(query(REGISTER, Tuple.of(tenant).addArrayOfString(unseen)));
        }
        List<Future<RowSet<Row>>> numbered = numbered(loaded.now(), writes.changes());
        written.addAll(numbered);
        written.addAll(settle(loaded, writes.settled()));
        if (!writes.replies().isEmpty()) {
            long changes = writes.changes().size();
            written.add(query(ReplyRows.INSERT, ReplyRows.parameters(tenant, loaded.now(), changes, writes.replies())));
        }
        written.add(end("COMMIT"));
        return Future.all(written)
                .map(done -> committed(loaded, writes, numbered.get(0).result()));
    }

    /** In portions: the database writes one while the next is put into words. */
    private List<Future<RowSet<Row>>> numbered(Instant now, List<StateChange> changes) {
        List<Future<RowSet<Row>>> numbered = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(from + PORTION, changes.size());
            numbered.add(query(ChangeRows.WRITE, ChangeRows.parameters(tenant, now, changes.subList(from, to))));
            from = to;
        } while (from < changes.size());
        return numbered;
    }

    private List<Future<?>> settle(Loaded loaded, List<SettledAcw> settled) {
        List<Future<?>> written = new ArrayList<>();
        if (settled.isEmpty()) {
            return written;
        }
        Map<AcwKey, SettledAcw> last = new LinkedHashMap<>();
        settled.forEach(acw -> last.put(AcwKey.of(acw), acw));
        List<AcwKey> again =
                last.keySet().stream().filter(loaded.settled()::containsKey).toList();
        if (!again.isEmpty()) {
            written.add(query(SettledAcwRows.DELETE, settledKeys(again)));
        }
        written.add(query(SettledAcwRows.INSERT, SettledAcwRows.parameters(tenant, List.copyOf(last.values()))));
        List<SettledAcw> wrapUps =
                settled.stream().filter(acw -> acw.wrapUp().isPresent()).toList();
        if (!wrapUps.isEmpty()) {
            written.add(query(WrapUpRows.INSERT, WrapUpRows.parameters(tenant, loaded.now(), wrapUps)));
        }
        return written;
    }

    private static Committed committed(Loaded loaded, Writes writes, RowSet<Row> numbered) {
        long revision = only(numbered).getLong("base");
        List<CommittedChange> changes = new ArrayList<>(writes.changes().size());
        for (var change : writes.changes()) {
            changes.add(new CommittedChange(++revision, loaded.now(), Optional.of(change)));
        }
        return new Committed(loaded.now(), changes);
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

    private static Row only(RowSet<Row> rows) {
        return rows.iterator().next();
    }

    private static String[] ids(Collection<AgentId> agents) {
        return agents.stream().map(AgentId::value).toArray(String[]::new);
    }

    private Future<RowSet<Row>> query(String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters);
    }

    private Future<RowSet<Row>> end(String sql) {
        ending = true;
        Future<RowSet<Row>> ended = plain(sql);
        whenEnding.run();
        return ended;
    }

    private Future<RowSet<Row>> plain(String sql) {
        return connection.query(sql).execute();
    }
}
