package io.aftercall.bench.client;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While open, Ctrl-C interrupts the thread that opened it and lets it clean up: the JVM waits, at most 10 s,
 * until this is closed.
 */
public final class StopSignal implements AutoCloseable {
    private final CountDownLatch cleanedUp = new CountDownLatch(1);
    private final Thread hook;

    /** Watches for Ctrl-C on behalf of the current thread. */
    public StopSignal() {
        Thread program = Thread.currentThread();
        hook = new Thread(() -> {
            program.interrupt();
            try {
                cleanedUp.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        cleanedUp.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is already on its way out: this was Ctrl-C.
        }
    }
}
