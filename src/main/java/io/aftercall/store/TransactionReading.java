package io.aftercall.store;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.Paperwork;
import io.aftercall.agent.SettledAcw;
import io.aftercall.engine.AcwKey;
import io.aftercall.engine.AgentMemory;
import io.aftercall.engine.AgentStore.Loaded;
import io.aftercall.engine.AgentStore.Needs;
import io.aftercall.engine.StoredAgent;
import io.aftercall.engine.StoredReply;
import io.aftercall.followup.FollowUp;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.StoredWrapUp;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

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
        Set<AgentId> writing = writing(needs);
        Future<RowSet<Row>> drafts = drafts(writing);
        Set<AgentId> reminding = reminding(needs);
        Future<RowSet<Row>> reminders = reminders(reminding);
        Future<RowSet<Row>> followUps = needs.followUps().isEmpty()
                ? Future.succeededFuture()
                : query(
                        FollowUpRows.SELECT,
                        Tuple.of(tenant).addArrayOfUUID(needs.followUps().toArray(UUID[]::new)));
        Future<RowSet<Row>> replies = needs.requests().isEmpty()
                ? Future.succeededFuture()
                : query(
                        ReplyRows.SELECT,
                        Tuple.of(tenant).addArrayOfUUID(needs.requests().toArray(UUID[]::new)));
        return Future.all(head, settled, drafts, reminders, followUps, replies).compose(all -> {
            Row row = head.result().iterator().next();
            boolean remembered = epoch(row).equals(needs.memory().epoch())
                    && row.getLong("revision") == needs.memory().revision();
            Future<Map<AgentId, StoredAgent>> agents = remembered
                    ? Future.succeededFuture(remembered(needs))
                    : query(AGENTS, Tuple.of(tenant).addArrayOfString(names(needs.agents())))
                            .map(TransactionReading::agents);
            Set<AcwKey> rest = remembered ? perhapsSettled(needs.acws(), needs.memory()) : new HashSet<>(needs.acws());
            rest.removeAll(asked);
            Set<AgentId> others = new HashSet<>(remembered ? Set.of() : needs.agents());
            others.removeAll(writing);
            Set<AgentId> remindingToo = new HashSet<>(remembered ? Set.of() : needs.timers());
            remindingToo.removeAll(reminding);
            return Future.all(agents, settled(rest), drafts(others), reminders(remindingToo))
                    .map(read -> loaded(
                            row,
                            read.resultAt(0),
                            Arrays.asList(settled.result(), read.resultAt(1)),
                            Arrays.asList(drafts.result(), read.resultAt(2)),
                            replies.result(),
                            followUps(followUps.result()),
                            reminders(Arrays.asList(reminders.result(), read.resultAt(3)), reminding, remindingToo)));
        });
    }

    /** The agents of whom it is known that they have drafts. */
    private static Set<AgentId> writing(Needs needs) {
        return needs.agents().stream()
                .filter(id -> needs.memory()
                        .agent(id)
                        .filter(agent -> agent.state().drafting())
                        .isPresent())
                .collect(Collectors.toSet());
    }

    /** The timers of agents who, as far as is known, expect to be reminded, or are new. */
    private static Set<AgentId> reminding(Needs needs) {
        return needs.timers().stream()
                .filter(id -> needs.memory()
                        .agent(id)
                        .filter(agent -> agent.state().followUpDue() == null)
                        .isEmpty())
                .collect(Collectors.toSet());
    }

    private Future<RowSet<Row>> reminders(Set<AgentId> agents) {
        return agents.isEmpty()
                ? Future.succeededFuture()
                : query(
                        FollowUpRows.REMINDERS,
                        Tuple.of(tenant).addArrayOfString(names(agents)).addInteger(Paperwork.REMINDERS));
    }

    /** Also for those who turn out to have none. */
    private static Map<AgentId, List<FollowUp>> reminders(
            List<RowSet<Row>> answers, Set<AgentId> asked, Set<AgentId> askedToo) {
        Map<AgentId, List<FollowUp>> reminders = new HashMap<>();
        asked.forEach(id -> reminders.put(id, new ArrayList<>()));
        askedToo.forEach(id -> reminders.put(id, new ArrayList<>()));
        each(
                answers,
                row -> reminders.get(new AgentId(row.getString("holder_id"))).add(FollowUpRows.read(row)));
        return reminders;
    }

    private static Map<UUID, FollowUp> followUps(RowSet<Row> rows) {
        Map<UUID, FollowUp> followUps = new HashMap<>();
        each(Arrays.asList(rows), row -> followUps.put(row.getUUID("follow_up_id"), FollowUpRows.read(row)));
        return followUps;
    }

    private Future<RowSet<Row>> drafts(Set<AgentId> agents) {
        return agents.isEmpty()
                ? Future.succeededFuture()
                : query(WrapUpRows.DRAFTS, Tuple.of(tenant).addArrayOfString(names(agents)));
    }

    private static String[] names(Set<AgentId> agents) {
        return agents.stream().map(AgentId::value).toArray(String[]::new);
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
            List<RowSet<Row>> settled,
            List<RowSet<Row>> drafts,
            RowSet<Row> replies,
            Map<UUID, FollowUp> followUps,
            Map<AgentId, List<FollowUp>> reminders) {
        Map<AcwKey, SettledAcw> acws = new HashMap<>();
        Map<AcwKey, StoredWrapUp> wrapUps = new HashMap<>();
        each(settled, row -> {
            SettledAcw acw = SettledAcwRows.read(row);
            acws.put(AcwKey.of(acw), acw);
            WrapUpRows.stored(row).ifPresent(wrapUp -> wrapUps.put(AcwKey.of(acw), wrapUp));
        });
        each(drafts, row -> wrapUps.put(key(row), WrapUpRows.stored(row).orElseThrow()));
        Instant now = head.getOffsetDateTime("now").toInstant();
        return new Loaded(
                now,
                epoch(head),
                head.getLong("revision"),
                head.getLong("policy_revision"),
                agents,
                acws,
                wrapUps,
                replies(replies, acws),
                followUps,
                reminders);
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

    private static AcwKey key(Row row) {
        return new AcwKey(new AgentId(row.getString("agent_id")), new InteractionId(row.getString("interaction_id")));
    }

    /** Null are those that nobody asked for. */
    private static void each(List<RowSet<Row>> answers, Consumer<Row> reader) {
        answers.stream().filter(Objects::nonNull).forEach(rows -> rows.forEach(reader));
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
