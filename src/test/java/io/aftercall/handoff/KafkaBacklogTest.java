package io.aftercall.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.DeliveryState;
import io.aftercall.delivery.Event;
import io.aftercall.delivery.EventType;
import io.aftercall.delivery.Receipt;
import io.aftercall.delivery.Receipt.Kind;
import io.aftercall.engine.DeliveryQueue.OutletKey;
import io.aftercall.engine.DeliveryQueue.Parcel;
import io.aftercall.engine.TenantId;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.smallrye.reactive.messaging.MutinyEmitter;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the producer has not let go of is limited, whoever has given up on it. */
class KafkaBacklogTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    private final Deque<UniEmitter<? super Void>> producer = new ArrayDeque<>();
    private final KafkaOutlet outlet = new KafkaOutlet(emitter(), new Places(2, SHORT), SHORT);

    @SuppressWarnings("unchecked")
    private MutinyEmitter<byte[]> emitter() {
        return (MutinyEmitter<byte[]>) Proxy.newProxyInstance(
                MutinyEmitter.class.getClassLoader(),
                new Class<?>[] {MutinyEmitter.class},
                (proxy, sendMessage, message) -> Uni.createFrom().<Void>emitter(producer::add));
    }

    private Receipt deliver() {
        Delivery delivery = new Delivery(
                1,
                KafkaOutlet.NAME,
                new UUID(0, 1),
                Instant.EPOCH,
                new Event(EventType.WEBHOOK_TESTED, null, null, null, null),
                DeliveryState.PENDING,
                1,
                0,
                Instant.EPOCH,
                Instant.EPOCH,
                null);
        return outlet.deliver(
                        new OutletKey(TenantId.DEFAULT, KafkaOutlet.NAME),
                        new Parcel(delivery, Optional.empty(), Optional.empty()),
                        Optional.empty())
                .toCompletableFuture()
                .join();
    }

    @Test
    void whatTheProducerHoldsIsCountedThoughNobodyWaitsForItAnyMore() {
        Receipt first = deliver();
        Receipt second = deliver();
        Receipt third = deliver();

        assertThat(first).isEqualTo(Receipt.of(Kind.FAILED, "not stored: TimeoutException"));
        assertThat(second).isEqualTo(first);
        assertThat(third).isEqualTo(Receipt.of(Kind.FAILED, "not stored: too many others are under way"));
        assertThat(producer).hasSize(2);
    }

    @Test
    void whatTheProducerLetsGoOfMakesRoom() {
        deliver();
        deliver();

        producer.remove().complete(null);
        producer.remove().fail(new IllegalStateException("no broker"));
        deliver();
        deliver();

        assertThat(producer).hasSize(2);
    }
}
