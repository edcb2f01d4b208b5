package io.aftercall.engine;

/** What is in memory is no earlier state of the database: it was restored, or another server took over without it. */
public final class OtherHistory extends RuntimeException {

    OtherHistory() {
        super("The database has another history than memory", null, false, false);
    }
}
