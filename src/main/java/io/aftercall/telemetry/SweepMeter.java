package io.aftercall.telemetry;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How long the sweep for what is overdue takes, and what it finds. */
@Singleton
public class SweepMeter {

    private final Clock clock;
    private final Timer done;
    private final Timer failed;
    private final Counter overdue;

    SweepMeter(MeterRegistry registry) {
        this.clock = registry.config().clock();
        this.done = sweeps(registry, "done");
        this.failed = sweeps(registry, "failed");
        this.overdue = Counter.builder("acw.sweep.overdue")
                .description("Agents found overdue that no timer had seen to")
                .register(registry);
    }

    private static Timer sweeps(MeterRegistry registry, String outcome) {
        return Timer.builder("acw.sweep.duration")
                .description("From a look for what is overdue until that was done")
                .tag("outcome", outcome)
                .register(registry);
    }

    /**
     * Measures one.
     *
     * @param sweep answers how many agents it found
     */
    public CompletionStage<Integer> measure(Supplier<CompletionStage<Integer>> sweep) {
        long begun = clock.monotonicTime();
        return sweep.get().whenComplete((found, failure) -> {
            (failure == null ? done : failed).record(clock.monotonicTime() - begun, TimeUnit.NANOSECONDS);
            if (failure == null) {
                overdue.increment(found);
            }
        });
    }
}
