package io.aftercall.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.RetrySchedule;
import io.aftercall.engine.DeliveryQueue;
import io.aftercall.engine.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class HandOffTest {

    private static final RetrySchedule RETRIES = new RetrySchedule(Duration.ofSeconds(1), Duration.ofHours(1), 3);

    private final Asked queue = new Asked();
    private final HandOff handOff =
            HandOff.of(queue, null, Map.of(), new Random(1), new HandOff.Settings(3, Duration.ofMinutes(1), RETRIES));

    /** A queue where nobody finds anything; answers when it is told to. */
    private static final class Asked implements DeliveryQueue {
        private final CompletableFuture<List<OutletKey>> due = new CompletableFuture<>();
        private int turns;
        private Duration lease;

        @Override
        public CompletionStage<List<OutletKey>> due(Set<String> common) {
            return due;
        }

        @Override
        public CompletionStage<Taken> turn(
                OutletKey outlet, List<Result> results, Optional<Health> health, int most, Duration lease) {
            turns++;
            this.lease = lease;
            return CompletableFuture.completedFuture(new Taken(Optional.empty(), 0, List.of(), false));
        }

        @Override
        public CompletionStage<Void> giveBack(OutletKey outlet, List<Delivery> untouched) {
            return CompletableFuture.completedFuture(null);
        }
    }

    @Test
    void whatTurnsOutToBeDueAfterItWasStoppedIsForOthers() {
        handOff.look();
        CompletionStage<Void> stopped = handOff.stop();
        queue.due.complete(List.of(new DeliveryQueue.OutletKey(TenantId.DEFAULT, "webhooks/crm")));

        assertThat(queue.turns).isZero();
        assertThat(stopped).isCompleted();
    }

    @Test
    void noAttemptOutlastsItsLease() {
        queue.due.complete(List.of(new DeliveryQueue.OutletKey(TenantId.DEFAULT, "webhooks/crm")));
        handOff.look();

        assertThat(queue.lease).isGreaterThan(WebhookOutlet.longestAttempt(Duration.ofMinutes(1)));
    }
}
