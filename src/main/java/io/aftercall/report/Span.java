package io.aftercall.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A stretch of time.
 *
 * @param until not before {@code from}
 */
public record Span(Instant from, Instant until) {

    /** What took longer counts with its last seven days. */
    static final Duration LONGEST = Duration.ofDays(7);

    public Span {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("It ends before it begins");
        }
    }

    /** Where clocks disagree, nothing passed. */
    public static Span between(Instant from, Instant until) {
        return until.isBefore(from) ? new Span(until, until) : new Span(from, until);
    }

    long micros() {
        return ChronoUnit.MICROS.between(from, until);
    }

    /** Is told how much of it passed in a quarter. */
    @FunctionalInterface
    interface Part {

        /**
         * @param passed what had passed before this quarter, in microseconds
         * @param micros what passes in it
         */
        void passes(Quarter quarter, long passed, long micros);
    }

    /** The last seven days of it. */
    Span counted() {
        return from.plus(LONGEST).isBefore(until) ? new Span(until.minus(LONGEST), until) : this;
    }

    /** Quarter by quarter. */
    void split(Part part) {
        long passed = 0;
        long left = micros();
        Quarter quarter = Quarter.of(from);
        long room = Quarter.MICROS - ChronoUnit.MICROS.between(quarter.start(), from);
        while (left > 0) {
            long here = Math.min(left, room);
            part.passes(quarter, passed, here);
            passed += here;
            left -= here;
            quarter = new Quarter(quarter.number() + 1);
            room = Quarter.MICROS;
        }
    }
}
