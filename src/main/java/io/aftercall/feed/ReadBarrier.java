package io.aftercall.feed;

import io.aftercall.engine.AgentStore;
import io.aftercall.engine.DatabaseClock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes reads from memory linearizable: asks the database for the last revision and waits until the projection has
 * it. All reads that wait at a moment share one question; one that comes while it is under way shares the next.
 */
public final class ReadBarrier {

    private final TenantFeed feed;
    private final AgentStore store;
    private final DatabaseClock clock;
    private CompletableFuture<Instant> waiting;
    private boolean asking;

    public ReadBarrier(TenantFeed feed, AgentStore store, DatabaseClock clock) {
        this.feed = feed;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Completes when the projection has everything that was committed before this call.
     *
     * @return the database's time at a moment after this call
     */
    public CompletionStage<Instant> pass() {
        CompletableFuture<Instant> mine;
        boolean ask;
        synchronized (this) {
            if (waiting == null) {
                waiting = new CompletableFuture<>();
            }
            mine = waiting;
            ask = !asking;
            asking = true;
        }
        if (ask) {
            ask();
        }
        return mine;
    }

    private void ask() {
        CompletableFuture<Instant> answered;
        synchronized (this) {
            answered = waiting;
            waiting = null;
            if (answered == null) {
                asking = false;
                return;
            }
        }
        Instant asked = clock.local();
        store.head(feed.tenant())
                .thenCompose(head -> {
                    clock.observe(asked, head.now());
                    ask();
                    return feed.reach(head.revision()).thenApply(reached -> head.now());
                })
                .whenComplete((now, failure) -> {
                    if (failure == null) {
                        answered.complete(now);
                    } else {
                        answered.completeExceptionally(failure);
                        ask();
                    }
                });
    }
}
