package io.aftercall.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What the database's clock probably says now, from what it said last. Good enough to arm a timer and to show a state
 * from memory; what is decided is decided by the database's own.
 */
public final class DatabaseClock {

    private final InstantSource local;
    private volatile Duration offset = Duration.ZERO;

    public DatabaseClock(InstantSource local) {
        this.local = local;
    }

    public Instant now() {
        return local.instant().plus(offset);
    }

    /** The local time, to be taken before the database is asked. */
    public Instant local() {
        return local.instant();
    }

    /** The database, asked at a local time, has just answered that it is {@code said}. */
    public void observe(Instant asked, Instant said) {
        Instant answered = local.instant();
        offset = Duration.between(asked.plus(Duration.between(asked, answered).dividedBy(2)), said);
    }
}
