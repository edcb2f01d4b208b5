package io.aftercall.bench.stage;

import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import io.aftercall.bench.peer.WatchableStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** From just before a value is written to each of many who watch another store, as {@link StreamStage} for ours. */
public final class PeerWatchStage implements Stage {
    private static final int KEYS = 200;

    private final WatchableStore store;
    private final int watchers;
    private final Pace pace;

    /**
     * Measures so many watchers.
     *
     * @param changesPerSecond 1 to 1,000
     */
    public PeerWatchStage(WatchableStore store, int watchers, int changesPerSecond) {
        this.store = store;
        this.watchers = watchers;
        this.pace = new Pace(changesPerSecond);
    }

    /** Returns the name of what is found. */
    public static String name(String store, int watchers, int changesPerSecond) {
        return "%s: deliveries to %d watchers, changes/s: %d".formatted(store, watchers, changesPerSecond);
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        Latencies latencies = new Latencies();
        Failures failures = new Failures();
        Calls calls = new Calls(new Latencies(), failures);
        AtomicLong received = new AtomicLong();
        AtomicLong sent = new AtomicLong();
        List<AutoCloseable> watches = new ArrayList<>();
        try {
            for (int i = 0; i < watchers; i++) {
                watches.add(store.watch(i, value -> {
                    latencies.record(System.nanoTime() - sentTime(value));
                    received.incrementAndGet();
                }));
            }
            long start = System.nanoTime();
            pace.keep(duration, change -> calls.time(() -> store.publish(change, "watch-" + change % KEYS, value()))
                    .thenRun(sent::incrementAndGet));
            long expected = sent.get() * watchers;
            Await.until(() -> received.get() >= expected, 10);
            long nanos = System.nanoTime() - start;
            failures.count("delivery missing", expected - received.get());
            return List.of(Measurement.of(
                    name(store.title(), watchers, pace.perSecond()), latencies.overall(), nanos, failures));
        } finally {
            Closing.all(watches);
        }
    }

    /** As large as the others, with the nano time at which it is sent at its end. */
    private static String value() {
        String time = Long.toString(System.nanoTime());
        return PeerWriteStage.VALUE.substring(time.length()) + time;
    }

    private static long sentTime(String value) {
        return Long.parseLong(value.substring(value.lastIndexOf('v') + 1));
    }
}
