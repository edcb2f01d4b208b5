package io.aftercall.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamMeterTest {

    /** The database's clock is read from afar. */
    @Test
    void aChangeOfAMomentAheadWasWrittenAtOnce() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();

        new StreamMeter(registry).written(Duration.ofMillis(-3));

        assertThat(registry.get("acw.stream.lag").timer().count()).isEqualTo(1);
    }
}
