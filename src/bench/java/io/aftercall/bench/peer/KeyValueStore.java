package io.aftercall.bench.peer;

import java.util.concurrent.CompletionStage;

/** A server that keeps a text for each key. */
public interface KeyValueStore {

    /** Returns what it is called in results. */
    String title();

    /**
     * Writes a value; completes when the server says that it is on disk.
     *
     * @param caller who asks, from 0; callers share the connections evenly
     */
    CompletionStage<?> put(int caller, String key, String value);

    /** Reads the newest value. */
    CompletionStage<?> get(int caller, String key);
}
