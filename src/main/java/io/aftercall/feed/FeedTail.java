package io.aftercall.feed;

import io.aftercall.engine.AgentStore;
import io.aftercall.engine.DatabaseClock;
import io.aftercall.engine.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** Keeps a feed current: asks the database where the log ends, and lets the feed catch up if it is behind. */
public final class FeedTail {

    private final TenantFeed feed;
    private final Heads heads;
    private final DatabaseClock clock;
    private final Pace pace;
    private final Duration patience;
    private final Instant begun;
    private volatile Instant lastCurrent = Instant.MIN;
    private volatile Instant next = Instant.MIN;
    private volatile Duration pause;

    /** Says where a tenant's log ends. */
    @FunctionalInterface
    public interface Heads {

        CompletionStage<AgentStore.Head> of(TenantId tenant);
    }

    /**
     * How often to look.
     *
     * @param busy the pause while others write
     * @param idle the longest, which the pause grows to while nobody does
     */
    public record Pace(Duration busy, Duration idle) {}

    /**
     * @param patience for how long an answer makes the feed count as current
     */
    public FeedTail(TenantFeed feed, Heads heads, DatabaseClock clock, Pace pace, Duration patience) {
        this.feed = feed;
        this.heads = heads;
        this.clock = clock;
        this.pace = pace;
        this.pause = pace.idle();
        this.patience = patience;
        this.begun = clock.local();
    }

    /** Whether it is time to look again. */
    public boolean due() {
        return !clock.local().isBefore(next);
    }

    /** Looks once. */
    public CompletionStage<Void> poll() {
        Instant asked = clock.local();
        long known = feed.revision();
        next = asked.plus(pace.idle());
        return heads.of(feed.tenant())
                .thenCompose(head -> {
                    clock.observe(asked, head.now());
                    pause = head.revision() > feed.revision() ? pace.busy() : longer();
                    next = asked.plus(pause);
                    return feed.follow(head, known);
                })
                .thenRun(() -> lastCurrent = asked);
    }

    private Duration longer() {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(pace.idle()) < 0 ? twice : pace.idle();
    }

    /** Whether the feed has once had what the database said. */
    public boolean everCurrent() {
        return lastCurrent.isAfter(Instant.MIN);
    }

    /** Whether the database has answered lately and the feed had what it said. */
    public boolean current() {
        return feed.loaded() && lastCurrent.plus(patience).isAfter(clock.local());
    }

    /** For how long it has not been known that the feed has what the database has; of a new one, since it began. */
    public Duration lag() {
        return Duration.between(everCurrent() ? lastCurrent : begun, clock.local());
    }
}
