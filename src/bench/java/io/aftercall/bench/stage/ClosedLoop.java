package io.aftercall.bench.stage;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** A number of callers, each of whom begins his next piece of work when the one before is done. Needs no threads. */
final class ClosedLoop {
    // So that a server that refuses everything is not flooded.
    private static final Executor AFTER_FAILURE = CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS);
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final int callers;
    private final Work work;

    /** What a caller does in one turn; it ends within a bounded time. */
    interface Work {
        /**
         * Begins it.
         *
         * @param caller the caller's number, from 0
         * @param turn the number of this turn of his, from 0
         */
        CompletionStage<?> turn(int caller, int turn);
    }

    ClosedLoop(int callers, Work work) {
        this.callers = callers;
        this.work = work;
    }

    /** Works for this long and until what was begun has ended. */
    void runFor(Duration duration) throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        run(turn -> System.nanoTime() - end < 0, duration.plus(GRACE));
    }

    /** Works for so many turns per caller, for at most a minute and a half. */
    void runTurns(int turns) throws InterruptedException {
        run(turn -> turn < turns, GRACE.multipliedBy(3));
    }

    private void run(IntPredicate goesOn, Duration atMost) throws InterruptedException {
        CompletableFuture<?>[] loops = IntStream.range(0, callers)
                .mapToObj(caller -> begin(caller, goesOn))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(loops).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the callers did not come to an end", e);
        }
    }

    private CompletableFuture<Void> begin(int caller, IntPredicate goesOn) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        next(caller, 0, goesOn, done);
        return done;
    }

    private void next(int caller, int turn, IntPredicate goesOn, CompletableFuture<Void> done) {
        if (!goesOn.test(turn)) {
            done.complete(null);
            return;
        }
        work.turn(caller, turn).whenComplete((result, failure) -> {
            if (failure == null) {
                next(caller, turn + 1, goesOn, done);
            } else {
                AFTER_FAILURE.execute(() -> next(caller, turn + 1, goesOn, done));
            }
        });
    }
}
