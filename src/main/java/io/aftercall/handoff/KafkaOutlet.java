package io.aftercall.handoff;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.Receipt;
import io.aftercall.delivery.Receipt.Kind;
import io.aftercall.engine.DeliveryQueue.OutletKey;
import io.aftercall.engine.DeliveryQueue.Parcel;
import io.aftercall.engine.DeliveryQueue.Target;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Every tenant's events to a Kafka topic, in the binary mode of CloudEvents. The key is the tenant with the order key, so
 * that those of one customer are in one partition.
 */
public final class KafkaOutlet implements Outlet {

    public static final String NAME = "kafka";

    /** Longer than the producer tries by itself. */
    private static final Duration TIMEOUT = Duration.ofSeconds(25);

    /** While no broker is known, each of them keeps the producer waiting, and what it waits with is in memory. */
    private static final int MOST_UNDER_WAY = 256;

    private final MutinyEmitter<byte[]> emitter;
    private final Places places;
    private final Duration timeout;

    public KafkaOutlet(MutinyEmitter<byte[]> emitter) {
        this(emitter, new Places(MOST_UNDER_WAY, Places.PATIENCE), TIMEOUT);
    }

    KafkaOutlet(MutinyEmitter<byte[]> emitter, Places places, Duration timeout) {
        this.emitter = emitter;
        this.places = places;
        this.timeout = timeout;
    }

    @Override
    public CompletionStage<Receipt> deliver(OutletKey outlet, Parcel parcel, Optional<Target> target) {
        Delivery delivery = parcel.delivery();
        OutgoingKafkaRecordMetadata<String> record = OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(outlet.tenant() + "/" + delivery.event().orderKey())
                .withHeaders(headers(CloudEvent.attributes(outlet.tenant(), delivery)))
                .build();
        byte[] data = CloudEvent.data(parcel).toBuffer().getBytes();
        Message<byte[]> message = Message.of(data).addMetadata(record);
        return places.take()
                .thenCompose(taken -> taken
                        ? send(message)
                        : CompletableFuture.completedFuture(
                                Receipt.of(Kind.FAILED, "not stored: too many others are under way")));
    }

    /** One that nobody waits for any more has its place until the producer has let go of it. */
    private CompletionStage<Receipt> send(Message<byte[]> message) {
        return emitter.sendMessage(message)
                .onTermination()
                .invoke(places::free)
                .subscribeAsCompletionStage()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((sent, failure) -> failure == null ? Receipt.of(Kind.ACCEPTED, "stored") : failed(failure));
    }

    private static Headers headers(JsonObject attributes) {
        RecordHeaders headers = new RecordHeaders();
        attributes.forEach(attribute -> headers.add(
                "ce_" + attribute.getKey(), attribute.getValue().toString().getBytes(UTF_8)));
        return headers.add("content-type", "application/json".getBytes(UTF_8));
    }

    private static Receipt failed(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return Receipt.of(Kind.FAILED, "not stored: " + cause.getClass().getSimpleName());
    }
}
