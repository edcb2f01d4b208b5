package io.aftercall.report;

/**
 * The steps to which durations are rounded down before their percentiles are taken: half a second up to two minutes, 2 s
 * up to ten, 10 s up to an hour, a minute beyond; what is longer than a day counts as a day. Every duration that a
 * policy offers is a step.
 */
public final class DurationSteps {

    private static final long SECOND = 1_000_000;
    private static final long[] FROM = {0, 120 * SECOND, 600 * SECOND, 3_600 * SECOND};
    private static final long[] WIDTH = {SECOND / 2, 2 * SECOND, 10 * SECOND, 60 * SECOND};
    private static final int[] FIRST = {0, 240, 480, 780};
    private static final long LONGEST = 86_400 * SECOND;

    /** How many there are. */
    static final int COUNT = of(LONGEST) + 1;

    private DurationSteps() {}

    /** The number of the step that a duration is in. */
    static int of(long micros) {
        long within = Math.max(0, Math.min(LONGEST, micros));
        int band = FROM.length - 1;
        while (within < FROM[band]) {
            band--;
        }
        return FIRST[band] + (int) ((within - FROM[band]) / WIDTH[band]);
    }

    /** Where a step begins, in microseconds. */
    static long start(int step) {
        int band = FROM.length - 1;
        while (step < FIRST[band]) {
            band--;
        }
        return FROM[band] + (step - FIRST[band]) * WIDTH[band];
    }
}
