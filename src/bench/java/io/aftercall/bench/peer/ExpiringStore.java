package io.aftercall.bench.peer;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A server whose values end by themselves. */
public interface ExpiringStore {

    /** Returns what it is called in results. */
    String title();

    /**
     * Writes a value that ends after this time; completes with when it is due, by this machine's clock.
     *
     * @param caller who asks, from 0; callers share the connections evenly
     * @param life whole seconds
     */
    CompletionStage<Instant> putFor(int caller, String key, Duration life);

    /**
     * Watches which values end from when this returns.
     *
     * @param listener takes their keys, on a thread that it must not block
     */
    AutoCloseable expiries(Consumer<String> listener) throws InterruptedException;
}
