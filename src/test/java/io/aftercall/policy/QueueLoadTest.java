package io.aftercall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** More than 10 waiting, or one for more than a minute; until 8 wait, and nobody for more than 48 s. */
class QueueLoadTest {

    private static final EffectivePolicy POLICY = new EffectivePolicy(
            PolicyRules.DEFAULTS
                    .with(PolicyField.PRESSURE_WAITING_COUNT, 10)
                    .with(PolicyField.PRESSURE_LONGEST_WAIT, Duration.ofMinutes(1)),
            List.of(),
            1,
            false);

    @ParameterizedTest
    @CsvSource({
        "10, 60, false, false",
        "11, 0, false, true",
        "0, 61, false, true",
        "9, 0, true, true",
        "8, 48, true, false",
        "8, 49, true, true",
        "0, 0, true, false"
    })
    void pressureComesWithMoreThanItGoesWith(int waiting, long seconds, boolean before, boolean pressed) {
        QueueLoad load = new QueueLoad(waiting, Duration.ofSeconds(seconds));

        assertThat(load.presses(POLICY, before)).isEqualTo(pressed);
    }
}
