package io.aftercall.simulator;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Time that passes faster than on the wall, and the one thread on which everything in the centre happens. */
final class SimulatedTime implements Executor, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SimulatedTime.class);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread worker = new Thread(task, "call-centre");
        worker.setDaemon(true);
        return worker;
    });
    private final double speed;
    private final InstantSource clock;
    private final Instant start;

    /**
     * Starts now.
     *
     * @param speed how many simulated seconds pass in a second, above 0
     */
    SimulatedTime(double speed, InstantSource clock) {
        this.speed = speed;
        this.clock = clock;
        this.start = clock.instant();
    }

    /** Returns how much simulated time has passed since the start. */
    Duration elapsed() {
        return simulated(Duration.between(start, clock.instant()));
    }

    /** Returns what time it really is. */
    Timestamp now() {
        Instant now = clock.instant();
        return Timestamp.newBuilder()
                .setSeconds(now.getEpochSecond())
                .setNanos(now.getNano())
                .build();
    }

    /** Returns how much simulated time passes in a span of real time. */
    Duration simulated(Duration real) {
        return Duration.ofNanos(Math.round(real.toNanos() * speed));
    }

    /** Does something when this much simulated time has passed, unless closed by then. */
    void after(Duration simulated, Runnable task) {
        afterReal(Duration.ofNanos(Math.round(simulated.toNanos() / speed)), task);
    }

    /** Does something when this much real time has passed, unless closed by then. */
    void afterReal(Duration real, Runnable task) {
        try {
            thread.schedule(() -> guarded(task), real.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // Closed: the day is over.
        }
    }

    @Override
    public void execute(Runnable task) {
        afterReal(Duration.ZERO, task);
    }

    /** Ends the day: what is planned is dropped, what is being done is finished, within 1 s. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            // The executor would swallow it.
            LOG.error("The simulated call centre did something wrong", e);
        }
    }
}
