package io.aftercall.telemetry;

import io.aftercall.agent.EndReason;
import io.aftercall.agent.EndedAcw;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How long ACWs took, by why they ended, and how late deadlines were kept. */
@Singleton
class AcwMeter {

    private final Map<EndReason, Timer> durations = new EnumMap<>(EndReason.class);
    private final Timer lateness;

    AcwMeter(MeterRegistry registry) {
        for (EndReason reason : EndReason.values()) {
            durations.put(
                    reason,
                    Timer.builder("acw.duration")
                            .description("For how long the clock of an ACW ran, by why it ended")
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        lateness = Timer.builder("acw.deadline.lateness")
                .description("From an ACW's deadline until its end was committed, of those that timed out")
                .register(registry);
    }

    /**
     * @param decided when it was decided, by the database's clock
     * @param writing from then until it was committed
     */
    void ended(EndedAcw acw, Instant decided, Duration writing) {
        durations.get(acw.reason()).record(acw.worked());
        if (acw.reason() == EndReason.TIMED_OUT) {
            lateness.record(
                    Elapsed.notNegative(Duration.between(acw.endTime(), decided).plus(writing)));
        }
    }
}
