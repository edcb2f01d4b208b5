package io.aftercall.bench.stage;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for something that others do. */
final class Await {
    private Await() {}

    /**
     * Waits until the condition holds, looking every 20 ms.
     *
     * @param seconds how long at most
     * @return whether it held in time
     */
    static boolean until(BooleanSupplier condition, long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }
}
