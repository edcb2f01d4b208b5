package io.aftercall.feed;

import io.aftercall.engine.AgentStore;
import io.aftercall.engine.DatabaseClock;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * Makes reads from memory linearizable: asks the database for the last revision and waits until the projection has
 * it. All reads that wait at a moment share one question; one that comes while it is under way shares the next.
 */
public final class ReadBarrier {

    private final TenantFeed feed;
    private final AgentStore store;
    private final DatabaseClock clock;
    private final SharedWork<Answer> question = new SharedWork<>(this::ask);

    private record Answer(AgentStore.Head head, long known) {}

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
        return question.join().thenCompose(answer -> feed.follow(answer.head(), answer.known())
                .thenApply(reached -> answer.head().now()));
    }

    private CompletionStage<Answer> ask() {
        Instant asked = clock.local();
        long known = feed.revision();
        return store.head(feed.tenant()).thenApply(head -> {
            clock.observe(asked, head.now());
            return new Answer(head, known);
        });
    }
}
