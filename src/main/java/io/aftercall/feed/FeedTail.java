package io.aftercall.feed;

import io.aftercall.engine.AgentStore;
import io.aftercall.engine.DatabaseClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** Keeps a feed current: asks the database where the log ends, and lets the feed catch up if it is behind. */
public final class FeedTail {

    private final TenantFeed feed;
    private final AgentStore store;
    private final DatabaseClock clock;
    private final Duration patience;
    private volatile Instant lastCurrent = Instant.MIN;

    /**
     * @param patience for how long an answer makes the feed count as current
     */
    public FeedTail(TenantFeed feed, AgentStore store, DatabaseClock clock, Duration patience) {
        this.feed = feed;
        this.store = store;
        this.clock = clock;
        this.patience = patience;
    }

    /** Looks once. */
    public CompletionStage<Void> poll() {
        Instant asked = clock.local();
        return store.head(feed.tenant())
                .thenCompose(head -> {
                    clock.observe(asked, head.now());
                    return feed.reach(head.revision());
                })
                .thenRun(() -> lastCurrent = asked);
    }

    /** Whether the database has answered lately and the feed had what it said. */
    public boolean current() {
        return feed.loaded() && lastCurrent.plus(patience).isAfter(clock.local());
    }
}
