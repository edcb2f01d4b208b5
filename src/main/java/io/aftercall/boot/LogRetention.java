package io.aftercall.boot;

import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/** For how long the log of changes may be told to last. */
final class LogRetention {

    static final String KEY = "aftercall.retention.change-log";

    /** A subscriber who is away for less than this can always resume. */
    private static final Duration SHORTEST = Duration.ofHours(1);

    /** Each day is a partition, and all of them are looked into for whoever resumes. */
    private static final Duration LONGEST = Duration.ofDays(90);

    private LogRetention() {}

    /**
     * @throws StartRefused when it is shorter than an hour or longer than 90 days
     */
    static void requireSaneIn(Config config) {
        config.getOptionalValue(KEY, Duration.class)
                .filter(kept -> kept.compareTo(SHORTEST) < 0 || kept.compareTo(LONGEST) > 0)
                .ifPresent(kept -> {
                    throw new StartRefused(
                            "The log of changes cannot be kept for " + kept + ": set " + KEY + " to 1h up to 90d.");
                });
    }
}
