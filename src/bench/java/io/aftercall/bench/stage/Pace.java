package io.aftercall.bench.stage;

import io.aftercall.bench.client.Connections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Work at a steady pace, whether or not who does it keeps up.
 *
 * @param perSecond 1 to 1,000
 */
record Pace(int perSecond) {

    /** Begins one piece of work after the other for this long, and waits until all have ended, well or not. */
    void keep(Duration duration, IntFunction<? extends CompletionStage<?>> work) throws InterruptedException {
        List<CompletableFuture<?>> begun = new ArrayList<>();
        long count = duration.toSeconds() * perSecond;
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            begun.add(work.apply(i).toCompletableFuture());
        }
        Await.until(() -> begun.stream().allMatch(CompletableFuture::isDone), Connections.CALL_SECONDS + 1);
    }
}
