package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamLimitsTest {

    @ParameterizedTest
    @CsvSource({"0, PT54M", "0.25, PT57M", "0.5, PT1H", "1, PT66M"})
    void theAgeIsSpreadByATenthToEitherSide(double draw, Duration age) {
        StreamLimits limits = new StreamLimits(
                1, 1, Duration.ofHours(1), Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofMillis(50));

        assertThat(limits.age(draw)).isEqualTo(age);
    }
}
