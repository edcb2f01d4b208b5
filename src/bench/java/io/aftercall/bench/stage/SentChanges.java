package io.aftercall.bench.stage;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The changes that were sent, numbered from 0, and when. They go to the agents in turn; the number travels as the
 * agent's not-ready reason. One thread sends, any number may ask.
 */
final class SentChanges {
    private static final String PREFIX = "change-";
    private static final int MOST = 1 << 20;

    private final AtomicLongArray times = new AtomicLongArray(MOST);
    private final AtomicInteger count = new AtomicInteger();
    private final int agents;

    SentChanges(int agents) {
        this.agents = agents;
    }

    int agents() {
        return agents;
    }

    /** Notes that the next change is sent now; returns the reason to send it with. */
    String next() {
        int change = count.get();
        times.set(change, System.nanoTime());
        count.set(change + 1);
        return PREFIX + change;
    }

    /** Returns the nano time at which the change was sent. */
    long time(int change) {
        return times.get(change);
    }

    /** Returns how many were sent. */
    int count() {
        return count.get();
    }

    /** Returns the number of the change that an agent's reason names; -1 if it names none. */
    static int number(String reason) {
        return reason.startsWith(PREFIX) ? Integer.parseInt(reason.substring(PREFIX.length())) : -1;
    }
}
