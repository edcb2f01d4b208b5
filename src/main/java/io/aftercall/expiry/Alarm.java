package io.aftercall.expiry;

import java.time.Duration;

/** Runs something later. */
public interface Alarm {

    /**
     * @param delay at least zero
     * @return takes the alarm back; does nothing once it has rung
     */
    Runnable ring(Duration delay, Runnable task);
}
