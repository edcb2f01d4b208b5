package io.aftercall.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A quarter of an hour, by the clock of every time zone of today.
 *
 * @param number how many there were since 1970
 */
public record Quarter(long number) implements Comparable<Quarter> {

    static final long MICROS = 900_000_000;
    private static final long SECONDS = 900;

    static Quarter of(Instant time) {
        return new Quarter(Math.floorDiv(time.getEpochSecond(), SECONDS));
    }

    public Instant start() {
        return Instant.ofEpochSecond(number * SECONDS);
    }

    /** The hour of UTC that it is in. */
    Instant hour() {
        return start().truncatedTo(ChronoUnit.HOURS);
    }

    /** Which one of that hour: 0 to 3. */
    int ofHour() {
        return (int) Math.floorMod(number, 4);
    }

    /** One of an hour of UTC. */
    static Quarter of(Instant hour, int ofHour) {
        return new Quarter(of(hour).number + ofHour);
    }

    @Override
    public int compareTo(Quarter other) {
        return Long.compare(number, other.number);
    }
}
