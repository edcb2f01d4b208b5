package io.aftercall.feed;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Work that many wait for and that is done once for all of them, one after the other. Who comes while it is under way
 * shares the next, so that what he gets was begun after he came.
 *
 * @param <T> what comes of it
 */
final class SharedWork<T> {

    private final Supplier<CompletionStage<T>> work;
    private CompletableFuture<T> waiting;
    private boolean busy;

    SharedWork(Supplier<CompletionStage<T>> work) {
        this.work = work;
    }

    /** What comes of work that begins after this call. */
    CompletionStage<T> join() {
        CompletableFuture<T> mine;
        boolean idle;
        synchronized (this) {
            if (waiting == null) {
                waiting = new CompletableFuture<>();
            }
            mine = waiting;
            idle = !busy;
            busy = true;
        }
        if (idle) {
            next();
        }
        return mine;
    }

    private void next() {
        CompletableFuture<T> served;
        synchronized (this) {
            served = waiting;
            waiting = null;
            busy = served != null;
        }
        if (served != null) {
            begin().whenComplete((result, failure) -> {
                // Those who come in answer to this one are served with those who wait already.
                next();
                if (failure == null) {
                    served.complete(result);
                } else {
                    served.completeExceptionally(failure);
                }
            });
        }
    }

    private CompletionStage<T> begin() {
        try {
            return work.get();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }
}
