package io.aftercall.bench.stage;

import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Connections;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** ACWs that start and are completed at a steady pace until it is closed, whether or not the server keeps up. */
final class SteadyWrites implements AutoCloseable {
    private static final int CALLERS = 64;

    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "steady-writes");
        thread.setDaemon(true);
        return thread;
    });
    private final AcwPairs pairs;
    private int begun;

    /**
     * Begins.
     *
     * @param perSecond how many writes, 2 to 2,000
     */
    SteadyWrites(Connections connections, Calls calls, int perSecond) {
        pairs = new AcwPairs(connections, calls);
        pace.scheduleAtFixedRate(this::next, 0, TimeUnit.SECONDS.toNanos(2) / perSecond, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        pace.shutdownNow();
    }

    private void next() {
        pairs.write(begun % CALLERS, begun / CALLERS);
        begun++;
    }
}
