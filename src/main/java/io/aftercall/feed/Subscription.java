package io.aftercall.feed;

import io.aftercall.agent.AgentLifecycle;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.StoredAgent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One subscriber's place in a feed. It queues nothing: what it has not delivered it reads again, from the changes in
 * memory or, when those have gone by, from the log. Used by one thread at a time.
 */
public final class Subscription {

    /**
     * Events in one message, at most, but for the steps of one command that stay together. Some 40 KB: a message is
     * what a subscriber who stops reading may leave in the server's memory.
     */
    private static final int MESSAGE = 128;
    /** Changes that are looked at for one message. */
    private static final int LOOK_AHEAD = 4_096;
    /** Changes that are read from the log at once. */
    private static final int LOG_PAGE = 512;

    private final TenantFeed feed;
    private final AgentStore store;
    private final StateFilter filter;
    private final long filterFingerprint;
    private final Delivery delivery;
    private final Holdings holdings;
    private final String epoch;
    private Iterator<StoredAgent> snapshot;
    private Instant snapshotTime;
    private long snapshotSize;
    private long position;
    private List<CommittedChange> fromLog = List.of();

    /**
     * What goes into one message.
     *
     * @param events empty if there is nothing new for this subscriber
     * @param upTo the revision that it leads to
     */
    public record Message(List<FeedEvent> events, long upTo) {

        /** How many changes are not among the events, as later ones of the same agents stand for them. */
        public int conflated() {
            return events.stream()
                    .filter(FeedEvent.Change.class::isInstance)
                    .mapToInt(event -> ((FeedEvent.Change) event).coalescedCount() - 1)
                    .sum();
        }
    }

    /**
     * What comes next, where it is the same for every subscriber in the same place.
     *
     * @param after the revision before it
     * @param latest the projection's revision
     */
    public record Stretch(String epoch, Delivery delivery, long after, long latest) {}

    private Subscription(
            TenantFeed feed, String epoch, AgentStore store, StateFilter filter, Delivery delivery, Holdings holdings) {
        this.epoch = epoch;
        this.feed = feed;
        this.store = store;
        this.filter = filter;
        this.filterFingerprint = filter.fingerprint();
        this.delivery = delivery;
        this.holdings = holdings;
    }

    /** Starts with a snapshot of the agents as of {@code now}. */
    public static Subscription fromSnapshot(
            TenantFeed feed, AgentStore store, StateFilter filter, Delivery delivery, Instant now) {
        Subscription subscription =
                new Subscription(feed, feed.epoch(), store, filter, delivery, new Holdings(filter, false));
        TenantFeed.View view = feed.view();
        subscription.snapshot = view.agents().iterator();
        subscription.snapshotTime = now;
        subscription.position = view.revision();
        return subscription;
    }

    /** Goes on after a revision of a history. */
    public static Subscription after(
            String epoch, long revision, TenantFeed feed, AgentStore store, StateFilter filter, Delivery delivery) {
        Subscription subscription = new Subscription(feed, epoch, store, filter, delivery, new Holdings(filter, true));
        subscription.position = revision;
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
        return LogPage.read(store, feed.tenant(), position, Instant.EPOCH, LOG_PAGE)
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

    /** Forgets what was read from the log: a subscriber who does not read shall not keep it in memory. */
    public void release() {
        fromLog = List.of();
    }

    /** Present where {@link #next} gives every subscriber who wants all the same. */
    public Optional<Stretch> stretch() {
        return filter.selective() || snapshot != null || !fromLog.isEmpty() || otherHistory()
                ? Optional.empty()
                : Optional.of(new Stretch(epoch, delivery, position, feed.revision()));
    }

    /** Moves on behind what another subscriber found in the same {@link #stretch}. */
    public void skip(Message message) {
        position = message.upTo();
    }

    /**
     * What comes next, and moves on behind it.
     *
     * @throws BadToken if the database has lost what this subscriber knows
     */
    public Message next() {
        List<FeedEvent> events = snapshot != null ? nextOfSnapshot() : nextChanges();
        // Last, so that nothing of another history is among it.
        if (otherHistory()) {
            throw new BadToken(BadToken.Reason.OTHER_EPOCH, 0);
        }
        return new Message(events, position);
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
                holdings.set(agent.state().agentId(), true);
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
        MessageDraft draft = new MessageDraft(filter, delivery, holdings);
        CommittedChange last = null;
        for (int looked = 0; ; looked++) {
            Optional<CommittedChange> change = peek();
            boolean full = draft.size() >= MESSAGE || looked >= LOOK_AHEAD;
            if (change.isEmpty() || full && !last.sameCommandAs(change.get())) {
                return draft.events();
            }
            last = change.get();
            position = last.revision();
            draft.add(last);
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
}
