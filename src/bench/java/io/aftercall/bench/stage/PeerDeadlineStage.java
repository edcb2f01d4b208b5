package io.aftercall.bench.stage;

import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import io.aftercall.bench.peer.ExpiringStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Thousands of values of another store that end together, and how late each is known, as {@link DeadlineStage}. */
public final class PeerDeadlineStage implements Stage {
    private static final int CALLERS = 100;
    private static final Duration LIFE = Duration.ofSeconds(3);
    private static final long PATIENCE_SECONDS = LIFE.toSeconds() + 10;

    private final ExpiringStore store;
    private final int values;

    /**
     * Measures so many values.
     *
     * @param values a multiple of 100
     */
    public PeerDeadlineStage(ExpiringStore store, int values) {
        this.store = store;
        this.values = values;
    }

    /** Returns the name of what is found. */
    public static String name(String store, int values) {
        return "%s: %,d deadlines, received".formatted(store, values);
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        Failures failures = new Failures();
        Calls calls = new Calls(new Latencies(), failures);
        Map<String, Instant> due = new ConcurrentHashMap<>();
        Map<String, Instant> ended = new ConcurrentHashMap<>();
        String run = UUID.randomUUID() + "-";
        AutoCloseable expiries = store.expiries(key -> ended.putIfAbsent(key, Instant.now()));
        try {
            new ClosedLoop(CALLERS, (caller, turn) -> {
                        String key = run + (turn * CALLERS + caller);
                        return calls.time(() -> store.putFor(caller, key, LIFE)).thenAccept(at -> due.put(key, at));
                    })
                    .runTurns(values / CALLERS);
            Await.until(() -> ended.keySet().containsAll(due.keySet()), PATIENCE_SECONDS);
            return List.of(compare(due, ended, failures));
        } finally {
            Closing.all(List.of(expiries));
        }
    }

    private Measurement compare(Map<String, Instant> due, Map<String, Instant> ended, Failures failures) {
        Latencies late = new Latencies();
        due.forEach((key, at) -> {
            if (ended.containsKey(key)) {
                late.record(Duration.between(at, ended.get(key)).toNanos());
            } else {
                failures.count("not ended", 1);
            }
        });
        long nanos = due.isEmpty()
                ? 1
                : Math.max(
                        1,
                        Duration.between(Collections.min(due.values()), Collections.max(due.values()))
                                .toNanos());
        return Measurement.of(name(store.title(), values), late.overall(), nanos, failures);
    }
}
