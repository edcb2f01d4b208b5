package io.aftercall.bench.stage;

import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import io.aftercall.bench.peer.KeyValueStore;
import java.time.Duration;
import java.util.List;

/** Writes of another store, made as {@link WriteStage} makes ours: as many callers, as many keys for each. */
public final class PeerWriteStage implements Stage {
    /** As large as what our calls carry. */
    static final String VALUE = "v".repeat(300);

    private static final int KEYS_PER_CALLER = 4;

    private final KeyValueStore store;
    private final int callers;

    /** Measures so many callers, each with keys of his own. */
    public PeerWriteStage(KeyValueStore store, int callers) {
        this.store = store;
        this.callers = callers;
    }

    /** Returns the name of what is found. */
    public static String name(String store, int callers) {
        return "%s: durable write, callers: %d".formatted(store, callers);
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        Latencies latencies = new Latencies();
        Failures failures = new Failures();
        Calls calls = new Calls(latencies, failures);
        long start = System.nanoTime();
        new ClosedLoop(callers, (caller, turn) -> calls.time(() -> store.put(caller, key(caller, turn), VALUE)))
                .runFor(duration);
        long nanos = System.nanoTime() - start;
        return List.of(Measurement.of(name(store.title(), callers), latencies.overall(), nanos, failures));
    }

    private static String key(int caller, int turn) {
        return "write-" + caller + "-" + turn % KEYS_PER_CALLER;
    }
}
