package io.aftercall.bench.peer;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A server whose values can be watched. */
public interface WatchableStore {

    /** Returns what it is called in results. */
    String title();

    /**
     * Writes a value and tells those who watch; completes when the server has answered.
     *
     * @param caller who asks, from 0; callers share the connections evenly
     */
    CompletionStage<?> publish(int caller, String key, String value);

    /**
     * Watches all values that are published from when this returns.
     *
     * @param watcher the watcher's number, from 0
     * @param listener takes the values, on a thread that it must not block
     */
    AutoCloseable watch(int watcher, Consumer<String> listener) throws InterruptedException;
}
