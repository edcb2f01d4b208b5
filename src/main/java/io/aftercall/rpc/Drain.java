package io.aftercall.rpc;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The way in which streams are sent elsewhere when the server stops: one after the other, so that the replicas that are
 * left are not asked for all snapshots at once. Few streams are gone at once, many within the window.
 *
 * @param length from the first stream to the last
 */
public record Drain(Duration length) {

    /** Enough to keep a thousand clients apart, and nothing to wait for where there are ten. */
    private static final Duration APART = Duration.ofMillis(2);

    /** Until load balancers know that this replica is gone. */
    private static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);

    /**
     * @param window how long it may take
     */
    static Drain of(int streams, Duration window) {
        Duration wanted = APART.multipliedBy(streams);
        return new Drain(wanted.compareTo(window) < 0 ? wanted : window);
    }

    /**
     * How long one of the clients waits before he connects again.
     *
     * @param draw from 0 to 1, at random
     */
    Duration reconnectAfter(double draw) {
        return RECONNECT_AFTER.plusMillis(Math.round(length.toMillis() * draw));
    }

    /** Runs each task on the event loop, evenly over the length; completes with the last. */
    CompletionStage<Void> spread(List<Runnable> tasks, EventLoop eventLoop) {
        CompletableFuture<?>[] each = new CompletableFuture<?>[tasks.size()];
        for (int i = 0; i < each.length; i++) {
            long delay = length.toNanos() * i / each.length;
            each[i] = CompletableFuture.runAsync(
                    tasks.get(i), task -> eventLoop.schedule(task, delay, TimeUnit.NANOSECONDS));
        }
        return CompletableFuture.allOf(each);
    }
}
