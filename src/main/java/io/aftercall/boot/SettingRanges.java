package io.aftercall.boot;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/** What an operator may set durations to, checked before anything starts. */
final class SettingRanges {

    private static final Map<String, Range> RANGES = Map.of(
            // A subscriber who is away for less than an hour can always resume. Each day is a partition, and all of
            // them are looked into for whoever does.
            "aftercall.retention.change-log", new Range(Duration.ofHours(1), Duration.ofDays(90), "1h up to 90d"),
            // Both are taken from the five seconds in which commands are finished.
            "aftercall.shutdown.drain-window", new Range(Duration.ZERO, Duration.ofSeconds(3), "0s up to 3s"),
            "aftercall.shutdown.linger", new Range(Duration.ZERO, Duration.ofSeconds(1), "0s up to 1s"),
            "aftercall.connection.ping-interval", new Range(Duration.ofSeconds(1), Duration.ofHours(1), "1s up to 1h"),
            "aftercall.connection.pong-timeout", new Range(Duration.ofSeconds(1), Duration.ofMinutes(5), "1s up to 5m"),
            "aftercall.database.silence", new Range(Duration.ofSeconds(1), Duration.ofMinutes(5), "1s up to 5m"),
            "aftercall.database.acquisition",
                    new Range(Duration.ofMillis(100), Duration.ofMinutes(1), "100ms up to 1m"));

    private record Range(Duration shortest, Duration longest, String words) {

        boolean contains(Duration set) {
            return set.compareTo(shortest) >= 0 && set.compareTo(longest) <= 0;
        }
    }

    private SettingRanges() {}

    /**
     * @throws StartRefused naming every setting that is out of its range
     */
    static void requireIn(Config config) {
        List<String> violations = RANGES.keySet().stream()
                .sorted()
                .flatMap(key -> violation(key, config).stream())
                .toList();
        if (!violations.isEmpty()) {
            throw new StartRefused(violations.stream().collect(Collectors.joining("; ", "", ".")));
        }
    }

    private static Optional<String> violation(String key, Config config) {
        return config.getOptionalValue(key, Duration.class)
                .filter(set -> !RANGES.get(key).contains(set))
                .map(set -> key + " cannot be " + set + ": set it to "
                        + RANGES.get(key).words());
    }
}
