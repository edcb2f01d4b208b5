package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FanOutPaceTest {

    private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    private final FanOutPace pace = new FanOutPace();

    @Test
    void whoWasNeverServedIsServedAtOnce() {
        assertThat(pace.left(START)).isZero();
    }

    @Test
    void oneEighthOfTheTimeGoesIntoServing() {
        pace.served(START, after(100));

        assertThat(pace.left(after(100))).isEqualTo(micros(700));
        assertThat(pace.left(after(500))).isEqualTo(micros(300));
    }

    @Test
    void afterTheRestServingIsAtOnceAgain() {
        pace.served(START, after(100));

        assertThat(pace.left(after(800))).isZero();
        assertThat(pace.left(after(9_000_000))).isZero();
    }

    @Test
    void nobodyWaitsForLongerThanATick() {
        pace.served(START, after(1_000_000));

        assertThat(pace.left(after(1_000_000))).isEqualTo(micros(20_000));
    }

    @Test
    void nobodyWaitsForAClockThatIsSetBack() {
        pace.served(START, after(100));

        assertThat(pace.left(START.minusSeconds(3_600))).isEqualTo(micros(20_000));
        pace.served(START, START.minusSeconds(3_600));
        assertThat(pace.left(START.minusSeconds(3_600))).isZero();
    }

    private static Instant after(long micros) {
        return START.plus(micros(micros));
    }

    private static Duration micros(long count) {
        return Duration.ofNanos(1_000 * count);
    }
}
