package io.aftercall.bench.stage;

import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import io.aftercall.bench.peer.KeyValueStore;
import java.time.Duration;
import java.util.List;

/** Linearizable reads of another store, made as {@link ReadStage} makes ours. */
public final class PeerReadStage implements Stage {
    private static final int KEYS_PER_CALLER = 10;

    private final KeyValueStore store;
    private final int callers;

    /** Measures so many callers, each with keys of his own. */
    public PeerReadStage(KeyValueStore store, int callers) {
        this.store = store;
        this.callers = callers;
    }

    /** Returns the name of what is found. */
    public static String name(String store, int callers) {
        return "%s: linearizable read, callers: %d".formatted(store, callers);
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        Failures failures = new Failures();
        Calls preparation = new Calls(new Latencies(), failures);
        new ClosedLoop(
                        callers,
                        (caller, turn) ->
                                preparation.time(() -> store.put(caller, key(caller, turn), PeerWriteStage.VALUE)))
                .runTurns(KEYS_PER_CALLER);

        Latencies latencies = new Latencies();
        Calls calls = new Calls(latencies, failures);
        long start = System.nanoTime();
        new ClosedLoop(callers, (caller, turn) -> calls.time(() -> store.get(caller, key(caller, turn))))
                .runFor(duration);
        long nanos = System.nanoTime() - start;
        return List.of(Measurement.of(name(store.title(), callers), latencies.overall(), nanos, failures));
    }

    private static String key(int caller, int turn) {
        return "read-" + caller + "-" + turn % KEYS_PER_CALLER;
    }
}
