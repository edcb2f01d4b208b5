package io.aftercall.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private static final RetrySchedule SCHEDULE = new RetrySchedule(Duration.ofSeconds(1), Duration.ofHours(4), 20);

    private static Random alwaysThrowing(double dice) {
        return new Random() {
            @Override
            public double nextDouble() {
                return dice;
            }
        };
    }

    @Test
    void eachPauseIsTwiceAsLongUpToTheLongest() {
        Random most = alwaysThrowing(1);

        assertThat(IntStream.of(1, 2, 3, 14, 15, 16, 19)
                        .mapToObj(attempt -> SCHEDULE.after(attempt, most).orElseThrow()))
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8_192),
                        Duration.ofHours(4),
                        Duration.ofHours(4),
                        Duration.ofHours(4));
    }

    @Test
    void uptoAHalfIsTakenOffByChance() {
        assertThat(DoubleStream.of(0, 0.5, 1).mapToObj(dice -> SCHEDULE.delay(3, alwaysThrowing(dice))))
                .containsExactly(Duration.ofMillis(2_000), Duration.ofMillis(3_000), Duration.ofMillis(4_000));
    }

    @Test
    void theLastAttemptIsNotRepeated() {
        assertThat(SCHEDULE.after(20, new Random(1))).isEmpty();
        assertThat(SCHEDULE.after(21, new Random(1))).isEmpty();
    }

    @Test
    void nothingOverflowsHoweverOftenItFails() {
        assertThat(SCHEDULE.delay(Integer.MAX_VALUE, alwaysThrowing(1))).isEqualTo(Duration.ofHours(4));
    }
}
