package io.aftercall.feed;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.StateChange;
import io.aftercall.engine.AgentMemory;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.CommitListener;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.StoredAgent;
import io.aftercall.engine.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A tenant's agents in memory, at one revision. Changes are applied strictly in the order of revisions: this replica's
 * own right after their commit, all others from the log.
 */
public final class TenantFeed implements CommitListener, AgentMemory {

    private static final int PAGE = 1_000;

    private final TenantId tenant;
    private final AgentStore store;
    private final ChangeRing ring;
    private final SharedWork<Void> reading = new SharedWork<>(this::readOn);
    private final RevisionWaiters waiters = new RevisionWaiters();
    private final List<FeedListener> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<AgentId, StoredAgent> agents = Map.of();
    private volatile long revision = -1;
    private volatile String epoch;
    /** Whether the projection was found not to be an earlier state of the database. */
    private volatile boolean otherHistory;
    /** Of this revision; null if nobody has asked for it yet. */
    private View view;

    /**
     * All agents at one revision of a history, in no order.
     */
    public record View(String epoch, long revision, List<StoredAgent> agents) {}

    /**
     * @param ringCapacity how many changes are kept in memory for subscribers who lag
     */
    public TenantFeed(TenantId tenant, AgentStore store, int ringCapacity) {
        this.tenant = tenant;
        this.store = store;
        this.ring = new ChangeRing(ringCapacity);
    }

    public TenantId tenant() {
        return tenant;
    }

    /** Who listens is told of every change that is applied from now on. */
    public void listen(FeedListener listener) {
        listeners.add(listener);
    }

    private CompletionStage<Void> load() {
        return store.snapshot(tenant).thenAccept(this::reset);
    }

    /** Whether the agents have been read; until then the feed knows nothing. */
    public boolean loaded() {
        return revision >= 0;
    }

    /** The revision that the projection is at; -1 before it was loaded. */
    @Override
    public long revision() {
        return revision;
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public Optional<StoredAgent> agent(AgentId id) {
        return Optional.ofNullable(agents.get(id));
    }

    /** All agents now. All who ask at one revision share one copy. */
    public synchronized View view() {
        if (view == null) {
            view = new View(epoch, revision, List.copyOf(agents.values()));
        }
        return view;
    }

    /**
     * All agents at an earlier revision; empty if that is longer ago than the changes in memory, of another history or
     * yet to come.
     */
    public Optional<View> view(String ofEpoch, long earlier) {
        View now;
        Optional<Map<AgentId, Optional<StoredAgent>>> changed;
        synchronized (this) {
            now = view();
            changed = ofEpoch.equals(epoch) ? ring.changedSince(earlier, revision) : Optional.empty();
        }
        return changed.map(then -> new View(
                ofEpoch,
                earlier,
                now.agents().stream()
                        .flatMap(agent -> then.getOrDefault(agent.state().agentId(), Optional.of(agent)).stream())
                        .toList()));
    }

    /** The change of a revision, if it is still in memory. */
    public Optional<CommittedChange> change(long ofRevision) {
        return ring.at(ofRevision);
    }

    @Override
    public void committed(List<CommittedChange> changes) {
        if (!apply(changes)) {
            catchUp();
        }
    }

    /**
     * Completes when the projection has what the database had when it was asked.
     *
     * @param known the projection's revision before the database was asked: if that has less, it has lost some
     */
    CompletionStage<Void> follow(AgentStore.Head head, long known) {
        boolean same = !loaded() || head.epoch().equals(epoch) && head.revision() >= known;
        return same ? reach(head.revision()) : renew();
    }

    @Override
    public CompletionStage<Void> renew() {
        otherHistory = true;
        return catchUp();
    }

    private CompletionStage<Void> readAnew() {
        otherHistory = false;
        long known = revision;
        return store.head(tenant)
                .thenCompose(head -> head.epoch().equals(epoch) && head.revision() < known
                        ? store.renewEpoch(tenant, epoch)
                        : CompletableFuture.completedFuture(null))
                .thenCompose(named -> load());
    }

    /** Completes when the projection has reached a revision that was committed; looks into the log if it has not. */
    public CompletionStage<Void> reach(long wanted) {
        CompletableFuture<Void> reached;
        synchronized (this) {
            if (revision >= wanted) {
                return CompletableFuture.completedFuture(null);
            }
            reached = waiters.await(wanted);
        }
        catchUp().whenComplete((done, failure) -> {
            if (failure != null) {
                reached.completeExceptionally(failure);
            }
        });
        return reached;
    }

    /** Applies what the log has after the projection's revision at this moment or later. */
    public CompletionStage<Void> catchUp() {
        return reading.join();
    }

    private CompletionStage<Void> readOn() {
        if (!loaded()) {
            return load();
        }
        if (otherHistory) {
            return readAnew();
        }
        Instant since = ring.at(revision).map(CommittedChange::time).orElse(Instant.EPOCH);
        return readOn(since, waiters.latestOr(revision));
    }

    /**
     * @param since the time of the projection's last change, if that is known
     * @param committed a revision that the log has had, or lower
     */
    private CompletionStage<Void> readOn(Instant since, long committed) {
        return LogPage.read(store, tenant, revision, since, PAGE).thenCompose(page -> {
            boolean next = apply(page.changes());
            if (next && !page.last()) {
                return readOn();
            }
            if (next && revision >= committed) {
                return CompletableFuture.completedFuture(null);
            }
            // Either the database's clock went back and what comes next looks older, or the log no longer has it.
            return since.equals(Instant.EPOCH) ? load() : readOn(Instant.EPOCH, committed);
        });
    }

    private void reset(AgentStore.Snapshot snapshot) {
        synchronized (this) {
            // Meanwhile own commits may have been applied, if the snapshot was not needed after all.
            if (snapshot.epoch().equals(epoch) && snapshot.revision() < revision) {
                return;
            }
            Map<AgentId, StoredAgent> read = new ConcurrentHashMap<>();
            snapshot.agents().forEach(agent -> read.put(agent.state().agentId(), agent));
            agents = read;
            ring.clear();
            if (epoch != null && !snapshot.epoch().equals(epoch)) {
                // Who waits for a revision of the other history has now what is newer than his question.
                waiters.lowerTo(snapshot.revision());
            }
            epoch = snapshot.epoch();
            revision = snapshot.revision();
            view = null;
            listeners.forEach(FeedListener::reset);
        }
        waiters.reached(revision);
    }

    /** Returns false if something before these is missing; then none is applied. */
    private boolean apply(List<CommittedChange> changes) {
        synchronized (this) {
            int known = 0;
            while (known < changes.size() && changes.get(known).revision() <= revision) {
                known++;
            }
            List<CommittedChange> fresh = changes.subList(known, changes.size());
            if (fresh.isEmpty()) {
                return true;
            }
            if (!loaded() || fresh.get(0).revision() != revision + 1) {
                return false;
            }
            fresh.forEach(this::apply);
            // Only now, so that nobody sees a part of a command.
            revision = fresh.get(fresh.size() - 1).revision();
            view = null;
            listeners.forEach(listener -> listener.applied(fresh));
        }
        waiters.reached(revision);
        return true;
    }

    private void apply(CommittedChange change) {
        StoredAgent before = null;
        if (change.change().isPresent()) {
            StateChange step = change.change().get();
            before = agents.put(step.state().agentId(), new StoredAgent(step.state(), change.revision()));
        }
        ring.add(change, Optional.ofNullable(before));
    }
}
