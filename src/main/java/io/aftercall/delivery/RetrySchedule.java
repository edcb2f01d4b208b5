package io.aftercall.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to try again: each time after twice as long, less up to a half, so that not all come at once.
 *
 * @param first before the second attempt
 * @param longest between two attempts
 * @param attempts after how many it is given up
 */
public record RetrySchedule(Duration first, Duration longest, int attempts) {

    /**
     * How long to wait after an attempt.
     *
     * @param attempt counts from 1
     * @return empty if it was the last
     */
    public Optional<Duration> after(int attempt, RandomGenerator randomness) {
        return attempt >= attempts ? Optional.empty() : Optional.of(delay(attempt, randomness));
    }

    /** How long to wait after so many failures, if nobody ever gives up. */
    public Duration delay(int failures, RandomGenerator randomness) {
        // From the 31st on it has long been the longest.
        double doubled = first.toMillis() * Math.pow(2, Math.min(failures, 31) - 1);
        double most = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(Math.round(most * (0.5 + randomness.nextDouble() / 2)));
    }
}
