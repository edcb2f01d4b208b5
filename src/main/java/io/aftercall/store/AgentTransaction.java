package io.aftercall.store;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.EarlyCompletion;
import io.aftercall.agent.SettledAcw;
import io.aftercall.agent.StateChange;
import io.aftercall.agent.WrittenFollowUp;
import io.aftercall.agent.WrittenWrapUp;
import io.aftercall.engine.AcwKey;
import io.aftercall.engine.AgentStore.Committed;
import io.aftercall.engine.AgentStore.Loaded;
import io.aftercall.engine.AgentStore.Needs;
import io.aftercall.engine.AgentStore.Work;
import io.aftercall.engine.AgentStore.Writes;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.CommonOutlets;
import io.aftercall.engine.OccurredEvents;
import io.aftercall.engine.ReportEntries;
import io.aftercall.followup.FollowUp;
import io.aftercall.interaction.InteractionId;
import io.aftercall.report.ReportEntry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One transaction over agents, in two flights of pipelined statements: one that takes the tenant's lock and reads, one
 * that writes and commits. As there is one lock, no two transactions can wait for each other.
 */
final class AgentTransaction {

    private static final String REGISTER =
            """
            INSERT INTO agent (tenant_id, agent_id, version, revision, state)
            SELECT $1, agent_id, 0, 0, '{}' FROM unnest($2::text[]) AS agent_id
            """;

    private static final String DELETE = "DELETE FROM agent WHERE tenant_id = $1 AND agent_id = ANY ($2::text[])";

    /** Changes that are sent at once. */
    private static final int PORTION = 48;

    private final SqlConnection connection;
    private final String tenant;
    private final CommonOutlets outlets;
    private final Runnable whenEnding;
    private boolean ending;

    /**
     * @param whenEnding run when the last statement has been sent
     */
    AgentTransaction(SqlConnection connection, String tenant, CommonOutlets outlets, Runnable whenEnding) {
        this.connection = connection;
        this.tenant = tenant;
        this.outlets = outlets;
        this.whenEnding = whenEnding;
    }

    Future<Committed> run(Needs needs, Work work) {
        plain("BEGIN");
        return new TransactionReading(connection, tenant)
                .load(needs)
                .compose(loaded -> write(loaded, work.decide(loaded), work::written))
                .recover(failure -> ending
                        ? Future.failedFuture(failure)
                        : end("ROLLBACK").transform(done -> Future.failedFuture(failure)));
    }

    private Future<Committed> write(Loaded loaded, Writes writes, Runnable whenWritten) {
        if (writes.isEmpty()) {
            return end("ROLLBACK").map(done -> new Committed(loaded.now(), List.of()));
        }
        List<Future<?>> written = new ArrayList<>();
        String[] unseen = writes.changes().stream()
                .map(change -> change.state().agentId())
                .filter(agent -> !loaded.agents().containsKey(agent))
                .distinct()
                .map(AgentId::value)
                .toArray(String[]::new);
        if (unseen.length > 0) {
            written.add(query(REGISTER, Tuple.of(tenant).addArrayOfString(unseen)));
        }
        List<Future<RowSet<Row>>> numbered = numbered(loaded.now(), writes.changes());
        written.addAll(numbered);
        Future.all(numbered).onSuccess(all -> whenWritten.run());
        String[] deleted = writes.deleted().map(AgentId::value).toArray(String[]::new);
        if (deleted.length > 0) {
            written.add(query(DELETE, Tuple.of(tenant).addArrayOfString(deleted)));
        }
        written.addAll(settle(loaded, writes.settled()));
        written.addAll(writeUp(writes.wrapUps()));
        written.addAll(promise(writes.followUps()));
        Map<InteractionId, String> learned = writes.customersLearned(loaded);
        if (!learned.isEmpty()) {
            written.add(query(FollowUpRows.NAME_CUSTOMERS, FollowUpRows.customers(tenant, learned)));
        }
        List<OccurredEvents.Occurred> events = OccurredEvents.of(writes);
        if (!events.isEmpty()) {
            written.add(query(DeliveryRows.OCCUR, DeliveryRows.occurred(tenant, loaded.now(), outlets, events)));
        }
        List<ReportEntry> figures = ReportEntries.of(loaded, writes);
        if (!figures.isEmpty()) {
            written.add(query(PostgresReportStore.ENTER, PostgresReportStore.entered(tenant, figures)));
        }
        if (!writes.replies().isEmpty()) {
            long changes = writes.changes().size();
            written.add(query(ReplyRows.INSERT, ReplyRows.parameters(tenant, loaded.now(), changes, writes.replies())));
        }
        if (!writes.audit().isEmpty()) {
            written.add(query(AuditRows.APPEND, AuditRows.parameters(tenant, writes.audit())));
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
        // Who completes what is live need not have looked whether it had been completed before.
        List<AcwKey> again = last.keySet().stream()
                .filter(key -> loaded.settled().containsKey(key) || last.get(key) instanceof EarlyCompletion)
                .toList();
        if (!again.isEmpty()) {
            written.add(query(SettledAcwRows.DELETE, SettledAcwRows.keys(tenant, again)));
        }
        written.add(query(SettledAcwRows.INSERT, SettledAcwRows.parameters(tenant, List.copyOf(last.values()))));
        return written;
    }

    private List<Future<?>> writeUp(List<WrittenWrapUp> wrapUps) {
        List<Future<?>> written = new ArrayList<>();
        if (wrapUps.isEmpty()) {
            return written;
        }
        List<WrittenWrapUp> revising =
                wrapUps.stream().filter(WrittenWrapUp::revises).toList();
        if (!revising.isEmpty()) {
            written.add(query(WrapUpRows.KEEP_REVISION, WrapUpRows.replaced(tenant, revising)));
        }
        Map<AcwKey, WrittenWrapUp> last = new LinkedHashMap<>();
        wrapUps.forEach(wrapUp -> last.put(AcwKey.of(wrapUp), wrapUp));
        written.add(query(WrapUpRows.WRITE, WrapUpRows.written(tenant, List.copyOf(last.values()))));
        Map<String, Integer> tags = WrapUpRows.tagCounts(wrapUps);
        if (!tags.isEmpty()) {
            written.add(query(WrapUpRows.COUNT_TAGS, WrapUpRows.tags(tenant, tags)));
        }
        return written;
    }

    private List<Future<?>> promise(List<WrittenFollowUp> followUps) {
        List<Future<?>> written = new ArrayList<>();
        if (followUps.isEmpty()) {
            return written;
        }
        List<FollowUp> replaced = followUps.stream()
                .filter(WrittenFollowUp::revises)
                .map(followUp -> followUp.replaced().orElseThrow())
                .toList();
        if (!replaced.isEmpty()) {
            written.add(query(FollowUpRows.KEEP_REVISION, FollowUpRows.parameters(tenant, replaced)));
        }
        Map<UUID, FollowUp> last = new LinkedHashMap<>();
        followUps.forEach(followUp -> last.put(followUp.followUp().id(), followUp.followUp()));
        written.add(query(FollowUpRows.WRITE, FollowUpRows.parameters(tenant, List.copyOf(last.values()))));
        return written;
    }

    private static Committed committed(Loaded loaded, Writes writes, RowSet<Row> numbered) {
        long revision = numbered.iterator().next().getLong("base");
        List<CommittedChange> changes = new ArrayList<>(writes.changes().size());
        for (var change : writes.changes()) {
            changes.add(new CommittedChange(++revision, loaded.now(), Optional.of(change)));
        }
        return new Committed(loaded.now(), changes);
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
