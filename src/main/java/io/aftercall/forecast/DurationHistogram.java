package io.aftercall.forecast;

import java.time.Duration;
import java.util.Optional;

/** How often something took how long, in buckets of which each reaches 5 % further than the one before. */
public final class DurationHistogram {

    /** The base of the buckets: bucket n is from GROWTH^n to GROWTH^(n+1) seconds. */
    public static final double GROWTH = 1.05;

    /** The last bucket, which is that of a day. */
    public static final int LAST = 233;

    private final int[] counts = new int[LAST + 1];
    private int total;

    /** The bucket of a duration; what is shorter than a second or longer than a day is in the first or the last. */
    public static int bucket(Duration duration) {
        double seconds = Math.max(1, duration.toNanos() / 1e9);
        return Math.min(LAST, (int) Math.floor(Math.log(seconds) / Math.log(GROWTH)));
    }

    synchronized void add(int bucket, int count) {
        counts[bucket] += count;
        total += count;
    }

    /**
     * The median of those that took longer than what has passed.
     *
     * @param passed what has passed already
     * @param enough how many there have to be, in all and, a quarter of it, among those
     * @return empty if there are fewer
     */
    synchronized Optional<Duration> median(Duration passed, int enough) {
        if (total < enough) {
            return Optional.empty();
        }
        int first = 0;
        while (first <= LAST && middle(first).compareTo(passed) <= 0) {
            first++;
        }
        int longer = 0;
        for (int bucket = first; bucket <= LAST; bucket++) {
            longer += counts[bucket];
        }
        if (longer * 4 < enough) {
            return Optional.empty();
        }
        int bucket = first;
        for (int seen = counts[bucket]; seen * 2 < longer; seen += counts[bucket]) {
            bucket++;
        }
        return Optional.of(middle(bucket));
    }

    private static Duration middle(int bucket) {
        return Duration.ofNanos((long) (1e9 * Math.pow(GROWTH, bucket + 0.5)));
    }
}
