package io.aftercall.expiry;

import java.time.Duration;

/** Runs something later. */
public interface Alarm {

    /**
     * @param delay at least zero
     */
    void ring(Duration delay, Runnable task);
}
