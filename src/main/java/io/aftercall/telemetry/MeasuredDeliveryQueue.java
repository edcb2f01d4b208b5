package io.aftercall.telemetry;

import io.aftercall.delivery.DeliveryState;
import io.aftercall.engine.DeliveryQueue;
import io.aftercall.handoff.EmailOutlet;
import io.aftercall.handoff.KafkaOutlet;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Counts attempts to deliver, by what came of them, once that is kept. */
@Decorator
@Priority(1)
abstract class MeasuredDeliveryQueue implements DeliveryQueue {

    private final DeliveryQueue queue;
    private final Map<DeliveryState, Counter> webhooks;
    private final Map<String, Map<DeliveryState, Counter>> common;

    @Inject
    MeasuredDeliveryQueue(@Any @Delegate DeliveryQueue queue, MeterRegistry registry) {
        this.queue = queue;
        this.webhooks = counters(registry, "webhook");
        this.common =
                Map.of(EmailOutlet.NAME, counters(registry, "email"), KafkaOutlet.NAME, counters(registry, "kafka"));
    }

    private static Map<DeliveryState, Counter> counters(MeterRegistry registry, String outlet) {
        Map<DeliveryState, Counter> counters = new EnumMap<>(DeliveryState.class);
        for (DeliveryState state : DeliveryState.values()) {
            counters.put(
                    state,
                    Counter.builder("acw.deliveries")
                            .description("Attempts to deliver, by where to and what came of them")
                            .tag("outlet", outlet)
                            .tag("outcome", outcome(state))
                            .register(registry));
        }
        return counters;
    }

    private static String outcome(DeliveryState state) {
        return switch (state) {
            case DELIVERED -> "delivered";
            case PENDING -> "retried";
            case PARKED -> "parked";
        };
    }

    @Override
    public CompletionStage<Taken> turn(
            OutletKey outlet, List<Result> results, Optional<Health> health, int most, Duration lease) {
        return queue.turn(outlet, results, health, most, lease).whenComplete((taken, failure) -> {
            if (failure == null) {
                Map<DeliveryState, Counter> counters = common.getOrDefault(outlet.outlet(), webhooks);
                results.forEach(result -> counters.get(result.state()).increment());
            }
        });
    }
}
