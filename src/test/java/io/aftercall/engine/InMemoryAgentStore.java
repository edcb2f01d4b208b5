package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.Paperwork;
import io.aftercall.agent.SettledAcw;
import io.aftercall.agent.StateChange;
import io.aftercall.followup.FollowUp;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.StoredWrapUp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The port in memory, by a clock of the test's. Everything is done when the call returns. */
public final class InMemoryAgentStore implements AgentStore {

    private final InstantSource clock;
    private final Map<TenantId, Tenant> tenants = new HashMap<>();
    private final Queue<Runnable> transactions = new ConcurrentLinkedQueue<>();
    private boolean inTransaction;

    /** What a tenant has. */
    static final class Tenant {
        String epoch = UUID.randomUUID().toString();
        final Map<AgentId, StoredAgent> agents = new HashMap<>();
        final Map<AcwKey, SettledAcw> settled = new HashMap<>();
        final Map<AcwKey, NavigableMap<Integer, StoredWrapUp>> wrapUps = new HashMap<>();
        final Map<UUID, FollowUp> followUps = new HashMap<>();
        final Map<UUID, KeptReply> replies = new HashMap<>();
        final NavigableMap<Long, CommittedChange> log = new TreeMap<>();
        long revision;
        long policyRevision;
    }

    private record KeptReply(StoredReply reply, Instant acceptTime) {}

    public InMemoryAgentStore(InstantSource clock) {
        this.clock = clock;
    }

    synchronized Tenant tenant(TenantId id) {
        return tenants.computeIfAbsent(id, any -> new Tenant());
    }

    @Override
    public CompletionStage<Committed> transact(TenantId id, Needs needs, Work work) {
        CompletableFuture<Committed> committed = new CompletableFuture<>();
        transactions.add(() -> {
            try {
                Tenant tenant = tenant(id);
                Instant now = clock.instant();
                Loaded loaded = load(tenant, now, needs);
                Writes writes = work.decide(loaded);
                Committed written = write(tenant, now, writes, writes.customersLearned(loaded));
                if (!writes.isEmpty()) {
                    work.written();
                }
                committed.complete(written);
            } catch (RuntimeException rolledBack) {
                committed.completeExceptionally(rolledBack);
            }
        });
        inTurn();
        return committed;
    }

    /** One that is handed over while another is being decided comes after it. */
    private synchronized void inTurn() {
        if (!inTransaction) {
            inTransaction = true;
            for (Runnable next = transactions.poll(); next != null; next = transactions.poll()) {
                next.run();
            }
            inTransaction = false;
        }
    }

    private static Loaded load(Tenant tenant, Instant now, Needs needs) {
        Map<UUID, StoredReply> replies = new HashMap<>();
        found(tenant.replies, needs.requests()).forEach((request, kept) -> replies.put(request, kept.reply()));
        return new Loaded(
                now,
                tenant.epoch,
                tenant.revision,
                tenant.policyRevision,
                found(tenant.agents, needs.agents()),
                found(tenant.settled, needs.acws()),
                wrapUps(tenant, needs),
                replies,
                found(tenant.followUps, needs.followUps()),
                reminders(tenant, needs));
    }

    private static Map<AgentId, List<FollowUp>> reminders(Tenant tenant, Needs needs) {
        Map<AgentId, List<FollowUp>> reminders = new HashMap<>();
        needs.timers()
                .forEach(holder -> reminders.put(
                        holder,
                        tenant.followUps.values().stream()
                                .filter(FollowUp::awaitsReminder)
                                .filter(followUp -> followUp.holderId().equals(holder.value()))
                                .sorted(Comparator.comparing(
                                        followUp -> followUp.details().dueTime()))
                                .limit(Paperwork.REMINDERS)
                                .toList()));
        return reminders;
    }

    private static Map<AcwKey, StoredWrapUp> wrapUps(Tenant tenant, Needs needs) {
        Map<AcwKey, StoredWrapUp> found = new HashMap<>();
        tenant.wrapUps.forEach((key, revisions) -> {
            StoredWrapUp last = revisions.lastEntry().getValue();
            boolean settled = needs.acws().contains(key) && tenant.settled.containsKey(key);
            if (settled || last.draft() && needs.agents().contains(key.agentId())) {
                found.put(key, last);
            }
        });
        return found;
    }

    private static <K, V> Map<K, V> found(Map<K, V> all, Set<K> keys) {
        Map<K, V> found = new HashMap<>();
        keys.stream().filter(all::containsKey).forEach(key -> found.put(key, all.get(key)));
        return found;
    }

    private static Committed write(Tenant tenant, Instant now, Writes writes, Map<InteractionId, String> learned) {
        List<CommittedChange> numbered = new ArrayList<>();
        for (StateChange change : writes.changes()) {
            CommittedChange entry = new CommittedChange(++tenant.revision, now, Optional.of(change));
            numbered.add(entry);
            tenant.log.put(entry.revision(), entry);
            tenant.agents.put(change.state().agentId(), new StoredAgent(change.state(), entry.revision()));
        }
        writes.deleted().forEach(tenant.agents::remove);
        writes.settled().forEach(acw -> tenant.settled.put(AcwKey.of(acw), acw));
        writes.followUps()
                .forEach(written -> tenant.followUps.put(written.followUp().id(), written.followUp()));
        tenant.followUps.replaceAll((id, followUp) -> followUp.interactionId() == null
                ? followUp
                : to(learned.get(new InteractionId(followUp.interactionId())), followUp));
        writes.wrapUps().forEach(written -> tenant.wrapUps
                .computeIfAbsent(AcwKey.of(written), any -> new TreeMap<>())
                .put(written.wrapUp().version().revision(), written.wrapUp()));
        for (PendingReply pending : writes.replies()) {
            Reply.Accepted reply = pending.reply();
            long revision = pending.lastChange() < 0
                    ? reply.agent().revision()
                    : numbered.get(pending.lastChange()).revision();
            Reply.Accepted kept =
                    new Reply.Accepted(new StoredAgent(reply.agent().state(), revision), reply.outcome());
            tenant.replies.put(
                    pending.request().requestId(), new KeptReply(new StoredReply(pending.request(), kept), now));
        }
        return new Committed(now, numbered);
    }

    private static FollowUp to(String customer, FollowUp followUp) {
        return new FollowUp(
                followUp.id(),
                followUp.details().to(customer),
                followUp.state(),
                followUp.holderId(),
                followUp.interactionId(),
                followUp.revision(),
                followUp.created(),
                followUp.updated(),
                followUp.remindTime());
    }

    @Override
    public synchronized CompletionStage<Snapshot> snapshot(TenantId id) {
        Tenant tenant = tenant(id);
        return done(new Snapshot(tenant.revision, tenant.epoch, List.copyOf(tenant.agents.values())));
    }

    @Override
    public synchronized CompletionStage<List<CommittedChange>> changesAfter(
            TenantId id, long revision, Instant since, int limit) {
        return done(tenant(id).log.tailMap(revision, false).values().stream()
                .filter(change -> !change.time().isBefore(since))
                .limit(limit)
                .toList());
    }

    @Override
    public synchronized CompletionStage<Head> head(TenantId id) {
        return done(new Head(tenant(id).epoch, tenant(id).revision, clock.instant()));
    }

    @Override
    public synchronized CompletionStage<Void> renewEpoch(TenantId id, String lost) {
        if (tenant(id).epoch.equals(lost)) {
            tenant(id).epoch = UUID.randomUUID().toString();
        }
        return done(null);
    }

    @Override
    public synchronized CompletionStage<Map<TenantId, Head>> heads() {
        Map<TenantId, Head> heads = new HashMap<>();
        tenants.forEach((id, tenant) -> heads.put(id, new Head(tenant.epoch, tenant.revision, clock.instant())));
        return done(heads);
    }

    @Override
    public synchronized CompletionStage<Map<TenantId, List<AgentId>>> overdue(Duration since, int limit) {
        Map<TenantId, List<AgentId>> overdue = new HashMap<>();
        tenants.forEach((id, tenant) -> overdue.put(id, overdue(tenant, since, limit)));
        return done(overdue);
    }

    private List<AgentId> overdue(Tenant tenant, Duration since, int limit) {
        Instant before = clock.instant().minus(since);
        return tenant.agents.values().stream()
                .map(StoredAgent::state)
                .filter(agent -> agent.due().filter(before::isAfter).isPresent())
                .sorted(Comparator.comparing(agent -> agent.due().orElseThrow()))
                .limit(limit)
                .map(agent -> agent.agentId())
                .toList();
    }

    @Override
    public synchronized CompletionStage<Void> forgetReplies(Duration age) {
        Instant before = clock.instant().minus(age);
        tenants.values().forEach(tenant -> tenant.replies.values().removeIf(kept -> kept.acceptTime()
                .isBefore(before)));
        return done(null);
    }

    /** As if an older backup had been restored: what came after a revision never was. */
    public synchronized void restore(TenantId id, long revision) {
        Tenant tenant = tenant(id);
        tenant.log.tailMap(revision, false).clear();
        tenant.revision = revision;
        tenant.agents.clear();
        tenant.log.values().forEach(entry -> entry.change()
                .ifPresent(change -> tenant.agents.put(
                        change.state().agentId(), new StoredAgent(change.state(), entry.revision()))));
    }

    @Override
    public synchronized CompletionStage<Void> forgetChanges(Duration age) {
        Instant before = clock.instant().minus(age);
        tenants.values().forEach(tenant -> tenant.log.values().removeIf(change -> change.time()
                .isBefore(before)));
        return done(null);
    }

    /** As retention does. */
    public synchronized void forgetLog(TenantId id, long upTo) {
        forgetLog(id, 0, upTo);
    }

    /** As retention does with days that a clock which went back wrote between others. */
    public synchronized void forgetLog(TenantId id, long from, long upTo) {
        tenant(id).log.subMap(from, true, upTo, true).clear();
    }

    /** Every revision of a wrap-up. */
    public synchronized NavigableMap<Integer, StoredWrapUp> wrapUps(TenantId id, AcwKey key) {
        return tenant(id).wrapUps.getOrDefault(key, new TreeMap<>());
    }

    private static <T> CompletionStage<T> done(T result) {
        return CompletableFuture.completedFuture(result);
    }
}
