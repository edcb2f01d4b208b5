package io.aftercall.bench.stage;

import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** How long the ACWs of one agent with one queue take: log-normal, save that some are left to the deadline. */
final class AcwHabit {
    private static final double SPREAD = 0.5;
    private static final int KNOWN = 4_000;

    private final double medianSeconds;
    private final double timesOut;
    private final Duration deadline;
    /** So many that their medians are those of the distribution, ascending, in seconds. */
    private final double[] truth;

    /**
     * @param medianSeconds half of those that the agent completes are shorter
     * @param timesOut which part is left to the deadline, 0 to 1
     */
    AcwHabit(double medianSeconds, double timesOut, Duration deadline, RandomGenerator random) {
        this.medianSeconds = medianSeconds;
        this.timesOut = timesOut;
        this.deadline = deadline;
        this.truth =
                random.doubles(KNOWN).map(any -> seconds(draw(random))).sorted().toArray();
    }

    /** Returns how long one takes. */
    Duration draw(RandomGenerator random) {
        double writing = medianSeconds * Math.exp(SPREAD * random.nextGaussian());
        boolean late = random.nextDouble() < timesOut || writing > seconds(deadline);
        return late ? deadline : Duration.ofNanos(Math.round(writing * 1e9));
    }

    /** Returns the median of those that take longer than what has passed: no forecast has a smaller mean error. */
    Duration median(Duration passed) {
        int place = Arrays.binarySearch(truth, seconds(passed));
        int first = place < 0 ? -place - 1 : place;
        return first == KNOWN ? deadline : Duration.ofNanos(Math.round(truth[(first + KNOWN) / 2] * 1e9));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
