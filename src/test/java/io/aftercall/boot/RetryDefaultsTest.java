package io.aftercall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.delivery.RetrySchedule;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryDefaultsTest {

    private static final AftercallConfig.Delivery DEFAULTS = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(AftercallConfig.class)
            .build()
            .getConfigMapping(AftercallConfig.class)
            .delivery();

    /** From the first attempt to the last. */
    private static Duration tried(double dice) {
        RetrySchedule retries = new RetrySchedule(DEFAULTS.firstRetry(), DEFAULTS.longestRetry(), DEFAULTS.attempts());
        Random thrown = new Random() {
            @Override
            public double nextDouble() {
                return dice;
            }
        };
        return IntStream.range(1, retries.attempts())
                .mapToObj(attempt -> retries.after(attempt, thrown).orElseThrow())
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Test
    void itIsTriedForADayAtTheLeastWhateverTheDiceSay() {
        Duration least = tried(0);
        Duration most = tried(1);

        assertThat(least).isGreaterThan(Duration.ofHours(24));
        assertThat(most).isLessThan(Duration.ofHours(49));
    }
}
