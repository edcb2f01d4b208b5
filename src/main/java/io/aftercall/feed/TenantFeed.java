package io.aftercall.feed;

import io.aftercall.agent.AgentId;
import io.aftercall.engine.AgentMemory;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.CommitListener;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.StoredAgent;
import io.aftercall.engine.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A tenant's agents in memory, at one revision. Changes are applied strictly in the order of revisions: this replica's
 * own right after their commit, all others from the log.
 */
public final class TenantFeed implements CommitListener, AgentMemory {

    private static final int PAGE = 1_000;

    private final TenantId tenant;
    private final AgentStore store;
    private final Projection projection;
    private final SharedWork<Void> reading = new SharedWork<>(this::readOn);
    private final RevisionWaiters waiters = new RevisionWaiters();
    private final List<FeedListener> listeners = new CopyOnWriteArrayList<>();
    /** Whether the projection was found not to be an earlier state of the database. */
    private volatile boolean otherHistory;

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
        this.projection = new Projection(new ChangeRing(ringCapacity));
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
        return revision() >= 0;
    }

    /** The revision that the projection is at; -1 before it was loaded. */
    @Override
    public long revision() {
        return projection.revision();
    }

    @Override
    public String epoch() {
        return projection.epoch();
    }

    @Override
    public Optional<StoredAgent> agent(AgentId id) {
        return projection.agent(id);
    }

    /** How many agents there are. */
    public int size() {
        return projection.size();
    }

    /** All agents now. All who ask at one revision share one copy. */
    public View view() {
        return projection.view();
    }

    /**
     * All agents at an earlier revision; empty if that is longer ago than the changes in memory, of another history or
     * yet to come.
     */
    public Optional<View> view(String ofEpoch, long earlier) {
        return projection.view(ofEpoch, earlier);
    }

    /** The change of a revision, if it is still in memory. */
    public Optional<CommittedChange> change(long ofRevision) {
        return projection.change(ofRevision);
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
        boolean same = !loaded() || head.epoch().equals(epoch()) && head.revision() >= known;
        return same ? reach(head.revision()) : renew();
    }

    @Override
    public CompletionStage<Void> renew() {
        otherHistory = true;
        return catchUp();
    }

    private CompletionStage<Void> readAnew() {
        otherHistory = false;
        long known = revision();
        return store.head(tenant)
                .thenCompose(head -> head.epoch().equals(epoch()) && head.revision() < known
                        ? store.renewEpoch(tenant, epoch())
                        : CompletableFuture.completedFuture(null))
                .thenCompose(named -> load());
    }

    /** Completes when the projection has reached a revision that was committed; looks into the log if it has not. */
    public CompletionStage<Void> reach(long wanted) {
        CompletableFuture<Void> reached;
        synchronized (this) {
            if (revision() >= wanted) {
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
        Instant since = change(revision()).map(CommittedChange::time).orElse(Instant.EPOCH);
        return readOn(since, waiters.latestOr(revision()));
    }

    /**
     * @param since the time of the projection's last change, if that is known
     * @param committed a revision that the log has had, or lower
     */
    private CompletionStage<Void> readOn(Instant since, long committed) {
        return LogPage.read(store, tenant, revision(), since, PAGE).thenCompose(page -> {
            boolean next = apply(page.changes());
            if (next && !page.last()) {
                return readOn();
            }
            if (next && revision() >= committed) {
                return CompletableFuture.completedFuture(null);
            }
            // Either the database's clock went back and what comes next looks older, or the log no longer has it.
            return since.equals(Instant.EPOCH) ? load() : readOn(Instant.EPOCH, committed);
        });
    }

    private void reset(AgentStore.Snapshot snapshot) {
        synchronized (this) {
            // Meanwhile own commits may have been applied, if the snapshot was not needed after all.
            if (snapshot.epoch().equals(epoch()) && snapshot.revision() < revision()) {
                return;
            }
            if (loaded() && !snapshot.epoch().equals(epoch())) {
                // Who waits for a revision of the other history has then what is newer than his question.
                waiters.lowerTo(snapshot.revision());
            }
            projection.replace(snapshot);
            listeners.forEach(FeedListener::reset);
        }
        waiters.reached(revision());
    }

    /** Returns false if something before these is missing; then none is applied. */
    private boolean apply(List<CommittedChange> changes) {
        synchronized (this) {
            int known = 0;
            while (known < changes.size() && changes.get(known).revision() <= revision()) {
                known++;
            }
            List<CommittedChange> fresh = changes.subList(known, changes.size());
            if (fresh.isEmpty()) {
                return true;
            }
            if (!loaded() || fresh.get(0).revision() != revision() + 1) {
                return false;
            }
            projection.apply(fresh);
            listeners.forEach(listener -> listener.applied(fresh));
        }
        waiters.reached(revision());
        return true;
    }
}
