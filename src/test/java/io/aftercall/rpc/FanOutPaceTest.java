package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FanOutPaceTest {

    private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    private final FanOutPace pace = new FanOutPace();

    @Test
    void whoWasNeverServedIsServedAtOnce() {
        assertThat(pace.left(START)).isZero();
    }

    @Test
    void littleWorkNeedsNoRest() {
        pace.served(START, after(400));

        assertThat(pace.left(after(400))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"800, 800", "1200, 2400", "2000, 8000", "2800, 16800"})
    void callsWaitForAFifthOfAMillisecondOnAverage(long serving, long rest) {
        pace.served(START, after(serving));

        assertThat(pace.left(after(serving))).isEqualTo(micros(rest));
        assertThat(serving * serving / 2.0 / (serving + rest)).isEqualTo(200);
    }

    @Test
    void afterTheRestServingIsAtOnceAgain() {
        pace.served(START, after(1_200));

        assertThat(pace.left(after(2_400))).isEqualTo(micros(1_200));
        assertThat(pace.left(after(3_600))).isZero();
        assertThat(pace.left(after(9_000_000))).isZero();
    }

    @Test
    void nobodyWaitsForLongerThanATick() {
        pace.served(START, after(1_000_000));

        assertThat(pace.left(after(1_000_000))).isEqualTo(micros(20_000));
    }

    @Test
    void nobodyWaitsForAClockThatIsSetBack() {
        pace.served(START, after(1_200));

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
