package io.aftercall.simulation;

import io.aftercall.agent.AgentId;
import io.aftercall.disposition.DispositionChange;
import io.aftercall.engine.Actor;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.PolicyStore;
import io.aftercall.engine.RequestKey;
import io.aftercall.engine.StoredAgent;
import io.aftercall.engine.TenantId;
import io.aftercall.policy.PolicyChange;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRevision;
import io.aftercall.policy.QueueLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The database as one replica has it: over its line, transactions in the order in which it hands them over. */
final class LinkedStore implements AgentStore, PolicyStore {

    private final World world;
    private final Database database;
    private final Machine machine;
    private final Line line;
    private final Wire answers;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private Head cached;

    LinkedStore(World world, Database database, Machine machine, Line line) {
        this.world = world;
        this.database = database;
        this.machine = machine;
        this.line = line;
        this.answers = new Wire(machine::after);
    }

    @Override
    public CompletionStage<Committed> transact(TenantId tenant, Needs needs, Work work) {
        Transaction next = new Transaction(world, database, machine, line, answers, needs, work);
        CompletableFuture<Void> before = last;
        last = next.ending();
        before.thenRun(next::begin);
        return next.answer();
    }

    @Override
    public CompletionStage<Snapshot> snapshot(TenantId tenant) {
        if (world.has(Defect.TEARS_SNAPSHOTS)) {
            return line.ask(() -> agents(tenant))
                    .thenCompose(agents -> line.ask(() -> {
                        Snapshot later = Database.done(database.agents.snapshot(tenant));
                        return new Snapshot(later.revision(), later.epoch(), agents);
                    }));
        }
        return line.ask(() -> Database.done(database.agents.snapshot(tenant)));
    }

    private Collection<StoredAgent> agents(TenantId tenant) {
        return Database.done(database.agents.snapshot(tenant)).agents();
    }

    @Override
    public CompletionStage<List<CommittedChange>> changesAfter(
            TenantId tenant, long revision, Instant since, int limit) {
        return line.ask(
                () -> database.told(Database.done(database.agents.changesAfter(tenant, revision, since, limit))));
    }

    @Override
    public CompletionStage<Head> head(TenantId tenant) {
        return line.ask(() -> {
            if (cached == null || !world.has(Defect.ANSWERS_FROM_A_CACHE) || world.percent(20)) {
                cached = Database.done(database.agents.head(tenant));
            }
            return cached;
        });
    }

    @Override
    public CompletionStage<Void> renewEpoch(TenantId tenant, String lost) {
        return line.ask(() -> Database.done(database.agents.renewEpoch(tenant, lost)));
    }

    @Override
    public CompletionStage<Map<TenantId, Head>> heads() {
        return line.ask(() -> Database.done(database.agents.heads()));
    }

    @Override
    public CompletionStage<Map<TenantId, List<AgentId>>> overdue(Duration since, int limit) {
        return line.ask(() -> Database.done(database.agents.overdue(since, limit)));
    }

    @Override
    public CompletionStage<Void> forgetReplies(Duration age) {
        throw new UnsupportedOperationException("No schedule lasts that long");
    }

    @Override
    public CompletionStage<Void> forgetChanges(Duration age) {
        throw new UnsupportedOperationException("No schedule lasts that long");
    }

    @Override
    public CompletionStage<Edition> load(TenantId tenant) {
        return line.ask(() -> Database.done(database.policies.load(tenant)));
    }

    @Override
    public CompletionStage<Changes> changesAfter(TenantId tenant, long revision) {
        return line.ask(() -> Database.done(database.policies.changesAfter(tenant, revision)));
    }

    @Override
    public CompletionStage<PolicyRevision> commit(
            TenantId tenant, Edition edition, PolicyChange change, Actor actor, Optional<RequestKey> request) {
        throw new UnsupportedOperationException("Supervisors change policies at the database");
    }

    @Override
    public CompletionStage<Long> commit(TenantId tenant, Edition edition, DispositionChange change, Actor actor) {
        throw new UnsupportedOperationException("Nobody changes dispositions here");
    }

    @Override
    public CompletionStage<Void> report(TenantId tenant, String queueId, QueueLoad load) {
        throw new UnsupportedOperationException("No router reports here");
    }

    @Override
    public CompletionStage<Void> commitPressure(
            TenantId tenant, Edition edition, String queueId, QueueLoad load, boolean pressed, String actor) {
        throw new UnsupportedOperationException("No router reports here");
    }

    @Override
    public CompletionStage<List<String>> silentQueues(TenantId tenant, Duration silence) {
        throw new UnsupportedOperationException("No router reports here");
    }

    @Override
    public CompletionStage<Optional<Recorded>> recorded(TenantId tenant, UUID requestId) {
        throw new UnsupportedOperationException("Supervisors change policies at the database");
    }

    @Override
    public CompletionStage<List<PolicyRevision>> history(TenantId tenant, long before, int limit) {
        throw new UnsupportedOperationException("Nobody looks back");
    }

    @Override
    public CompletionStage<List<PolicyRevision>> historyOf(TenantId tenant, PolicyKey key) {
        throw new UnsupportedOperationException("Nobody looks back");
    }
}
