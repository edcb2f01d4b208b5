package io.aftercall.boot;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/** What an operator may set durations to, checked before anything starts. */
final class SettingRanges {

    private static final Map<String, Range> RANGES = Map.ofEntries(
            // A subscriber who is away for less than an hour can always resume. Each day is a partition, and all of
            // them are looked into for whoever does.
            range("aftercall.retention.change-log", Duration.ofHours(1), Duration.ofDays(90), "1h up to 90d"),
            range("aftercall.retention.audit", Duration.ofDays(30), Duration.ofDays(7_300), "30d up to 7300d"),
            // Both are taken from the five seconds in which commands are finished.
            range("aftercall.shutdown.drain-window", Duration.ZERO, Duration.ofSeconds(3), "0s up to 3s"),
            range("aftercall.shutdown.linger", Duration.ZERO, Duration.ofSeconds(1), "0s up to 1s"),
            range("aftercall.connection.ping-interval", Duration.ofSeconds(1), Duration.ofHours(1), "1s up to 1h"),
            range("aftercall.connection.pong-timeout", Duration.ofSeconds(1), Duration.ofMinutes(5), "1s up to 5m"),
            range("aftercall.connection.max-age", Duration.ofSeconds(1), Duration.ofDays(1), "1s up to 1d"),
            range("aftercall.database.silence", Duration.ofSeconds(1), Duration.ofMinutes(5), "1s up to 5m"),
            range("aftercall.database.acquisition", Duration.ofMillis(100), Duration.ofMinutes(1), "100ms up to 1m"),
            range("aftercall.tls.interval", Duration.ofSeconds(1), Duration.ofDays(1), "1s up to 1d"),
            range("aftercall.delivery.poll-interval", Duration.ofMillis(50), Duration.ofMinutes(1), "50ms up to 1m"),
            range("aftercall.delivery.first-retry", Duration.ofMillis(100), Duration.ofHours(1), "100ms up to 1h"),
            range("aftercall.delivery.longest-retry", Duration.ofSeconds(1), Duration.ofDays(1), "1s up to 1d"),
            range("aftercall.webhook.timeout", Duration.ofSeconds(1), Duration.ofMinutes(1), "1s up to 1m"),
            range("aftercall.retention.wrap-ups", Duration.ofDays(1), Duration.ofDays(36_500), "1d up to 36500d"),
            range("aftercall.retention.deliveries", Duration.ofHours(1), Duration.ofDays(90), "1h up to 90d"),
            range(
                    "aftercall.retention.parked-deliveries",
                    Duration.ofDays(1),
                    Duration.ofDays(3_650),
                    "1d up to 3650d"),
            range("aftercall.sign-in.max-age", Duration.ofMinutes(5), Duration.ofDays(30), "5m up to 30d"),
            range("aftercall.auth.leeway", Duration.ZERO, Duration.ofMinutes(1), "0s up to 1m"),
            range("aftercall.auth.keys-interval", Duration.ofSeconds(10), Duration.ofDays(1), "10s up to 1d"));

    private static Map.Entry<String, Range> range(String key, Duration shortest, Duration longest, String words) {
        return Map.entry(key, new Range(shortest, longest, words));
    }

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
