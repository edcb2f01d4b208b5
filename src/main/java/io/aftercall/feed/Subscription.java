package io.aftercall.feed;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentLifecycle;
import io.aftercall.agent.StateChange;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.StoredAgent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * One subscriber's place in a feed. It queues nothing: what it has not delivered it reads again, from the changes in
 * memory or, when those have gone by, from the log. Used by one thread at a time.
 */
public final class Subscription {

    /** Events in one message, at most, but for the steps of one command that stay together. */
    private static final int MESSAGE = 256;
    /** Changes that are looked at for one message. */
    private static final int LOOK_AHEAD = 4_096;

    private final TenantFeed feed;
    private final AgentStore store;
    private final StateFilter filter;
    private final long filterFingerprint;
    private final Delivery delivery;
    private final String epoch;
    private Iterator<StoredAgent> snapshot;
    private Instant snapshotTime;
    private long snapshotSize;
    private long position;
    private List<CommittedChange> fromLog = List.of();
    /** Who goes on by token may hold any agent that the filter might have let through, who begins holds none. */
    private boolean heldAtFirst;

    private final Set<AgentId> exceptions = new HashSet<>();

    /**
     * What goes into one message.
     *
     * @param events empty if there is nothing new for this subscriber
     */
    public record Message(List<FeedEvent> events) {}

    private Subscription(TenantFeed feed, String epoch, AgentStore store, StateFilter filter, Delivery delivery) {
        this.epoch = epoch;
        this.feed = feed;
        this.store = store;
        this.filter = filter;
        this.filterFingerprint = filter.fingerprint();
        this.delivery = delivery;
    }

    /** Starts with a snapshot of the agents as of {@code now}. */
    public static Subscription fromSnapshot(
            TenantFeed feed, AgentStore store, StateFilter filter, Delivery delivery, Instant now) {
        Subscription subscription = new Subscription(feed, feed.epoch(), store, filter, delivery);
        TenantFeed.View view = feed.view();
        subscription.snapshot = view.agents().iterator();
        subscription.snapshotTime = now;
        subscription.position = view.revision();
        return subscription;
    }

    /** Goes on after a revision of a history. */
    public static Subscription after(
            String epoch, long revision, TenantFeed feed, AgentStore store, StateFilter filter, Delivery delivery) {
        Subscription subscription = new Subscription(feed, epoch, store, filter, delivery);
        subscription.position = revision;
        subscription.heldAtFirst = true;
        return subscription;
    }

    /** The token that covers everything returned so far; empty during the snapshot. */
    public Optional<ResumeToken> token() {
        return snapshot != null
                ? Optional.empty()
                : Optional.of(new ResumeToken(epoch, feed.tenant(), position, filterFingerprint));
    }

    /** Whether there is anything to look at. */
    public boolean behind() {
        return otherHistory() || snapshot != null || position < feed.revision();
    }

    /** Whether the next changes are no longer in memory: {@link #readLog} comes first. */
    public boolean needsLog() {
        return !otherHistory()
                && snapshot == null
                && fromLog.isEmpty()
                && behind()
                && feed.change(position + 1).isEmpty();
    }

    /**
     * Reads the next changes from the log.
     *
     * @return fails with {@link BadToken} if they are no longer retained
     */
    public CompletionStage<Void> readLog() {
        return LogPage.read(store, feed.tenant(), position, Instant.EPOCH, LOOK_AHEAD)
                .thenAccept(page -> {
                    List<CommittedChange> changes = page.changes();
                    long first = changes.isEmpty()
                            ? feed.revision() + 1
                            : changes.get(0).revision();
                    if (first != position + 1) {
                        throw new BadToken(BadToken.Reason.EXPIRED, first);
                    }
                    fromLog = changes;
                });
    }

    /**
     * What comes next, and moves on behind it.
     *
     * @throws BadToken if the database has lost what this subscriber knows
     */
    public Message next() {
        Message next = new Message(snapshot != null ? nextOfSnapshot() : nextChanges());
        // Last, so that nothing of another history is among it.
        if (otherHistory()) {
            throw new BadToken(BadToken.Reason.OTHER_EPOCH, 0);
        }
        return next;
    }

    private boolean otherHistory() {
        return !epoch.equals(feed.epoch());
    }

    private List<FeedEvent> nextOfSnapshot() {
        List<FeedEvent> events = new ArrayList<>();
        while (snapshot.hasNext() && events.size() < MESSAGE) {
            StoredAgent stored = snapshot.next();
            StoredAgent agent = new StoredAgent(AgentLifecycle.asOf(stored.state(), snapshotTime), stored.revision());
            if (filter.matches(agent.state())) {
                setHeld(agent.state().agentId(), true);
                events.add(new FeedEvent.SnapshotEntry(agent));
                snapshotSize++;
            }
        }
        if (!snapshot.hasNext()) {
            snapshot = null;
            events.add(new FeedEvent.SnapshotEnd(position, snapshotSize));
        }
        return events;
    }

    private List<FeedEvent> nextChanges() {
        Map<Object, FeedEvent> events = new LinkedHashMap<>();
        Map<Object, Integer> counts = new HashMap<>();
        CommittedChange last = null;
        for (int looked = 0; ; looked++) {
            Optional<CommittedChange> change = peek();
            boolean full = events.size() >= MESSAGE || looked >= LOOK_AHEAD;
            if (change.isEmpty() || full && !last.sameCommandAs(change.get())) {
                return List.copyOf(events.values());
            }
            last = change.get();
            position = last.revision();
            add(events, counts, last);
        }
    }

    private Optional<CommittedChange> peek() {
        if (position >= feed.revision()) {
            return Optional.empty();
        }
        if (fromLog.isEmpty()) {
            return feed.change(position + 1);
        }
        int place = (int) (position + 1 - fromLog.get(0).revision());
        if (place < fromLog.size()) {
            return Optional.of(fromLog.get(place));
        }
        fromLog = List.of();
        return feed.change(position + 1);
    }

    private void add(Map<Object, FeedEvent> events, Map<Object, Integer> counts, CommittedChange change) {
        if (change.change().isEmpty()) {
            return;
        }
        StateChange step = change.change().get();
        AgentId agentId = step.state().agentId();
        Object key = delivery == Delivery.CONFLATED ? agentId : (Object) change.revision();
        FeedEvent before = events.remove(key);
        int count = counts.merge(key, 1, Integer::sum);
        if (filter.matches(step.state())) {
            setHeld(agentId, true);
            events.put(key, new FeedEvent.Change(change, count));
        } else if (before != null || held(agentId) && filter.mayHaveMatched(step.state(), step.previousStatus())) {
            setHeld(agentId, false);
            events.put(key, new FeedEvent.LeftFilter(agentId));
        }
    }

    /** Whether the subscriber may hold the agent. */
    private boolean held(AgentId agentId) {
        return heldAtFirst != exceptions.contains(agentId);
    }

    private void setHeld(AgentId agentId, boolean held) {
        if (filter.selective()) {
            if (held == heldAtFirst) {
                exceptions.remove(agentId);
            } else {
                exceptions.add(agentId);
            }
        }
    }
}
