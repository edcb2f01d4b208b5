package io.aftercall.rpc;

import static io.aftercall.rpc.Staff.OWN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.DeliveryState;
import io.aftercall.api.v1.ListDeliveriesRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.boot.DatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Kafka as a receiver, with a broker that is killed. */
@QuarkusTest
@TestProfile(ToKafka.class)
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class KafkaOutletTest {

    @RegisterExtension
    final Staff staff = new Staff();

    private final List<ConsumerRecord<String, String>> records = new ArrayList<>();
    private KafkaConsumer<String, String> consumer;

    @BeforeEach
    void hire() {
        staff.hired();
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", KafkaBroker.address(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.assign(IntStream.range(0, 3)
                .mapToObj(partition -> new TopicPartition(KafkaBroker.TOPIC, partition))
                .toList());
    }

    @AfterEach
    void close() {
        consumer.close();
    }

    private void call(String interactionId, String customer) {
        staff.as("router")
                .acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteraction(Client.call(interactionId).setCustomerId(customer))
                        .build());
        staff.as("agent")
                .acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteractionId(interactionId)
                        .setWrapUp(WrapUp.newBuilder().setNotes("Notes of " + interactionId))
                        .build());
    }

    /** This tenant's, without those that come again. */
    private List<ConsumerRecord<String, String>> come() {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        Map<String, ConsumerRecord<String, String>> first = new java.util.LinkedHashMap<>();
        records.stream()
                .filter(one -> one.key().startsWith(staff.tenant))
                .forEach(one -> first.putIfAbsent(header(one, "ce_id"), one));
        return List.copyOf(first.values());
    }

    private static String header(ConsumerRecord<?, ?> of, String name) {
        return new String(of.headers().lastHeader(name).value(), UTF_8);
    }

    private static String interaction(ConsumerRecord<String, String> of) {
        return new JsonObject(of.value()).getJsonObject("wrap_up").getString("interaction_id");
    }

    @Test
    void anEventIsStoredInTheBinaryModeOfCloudEvents() {
        call("c-1", "ann");
        await().until(() -> come().size() == 1);

        ConsumerRecord<String, String> told = come().get(0);
        assertThat(told.key()).isEqualTo(staff.tenant + "/customers/ann");
        assertThat(header(told, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(told, "ce_type")).isEqualTo("io.aftercall.wrap_up.finished");
        assertThat(header(told, "ce_source")).isEqualTo("/tenants/" + staff.tenant);
        assertThat(header(told, "ce_subject")).isEqualTo("agents/" + OWN + "/interactions/c-1");
        assertThat(header(told, "content-type")).isEqualTo("application/json");
        assertThat(new JsonObject(told.value()).getJsonObject("wrap_up").getString("notes"))
                .isEqualTo("Notes of c-1");
    }

    @Test
    void aBrokerThatIsKilledMissesNothingAndHoldsNobodyUp() {
        call("ann-0", "ann");
        await().until(() -> come().size() == 1);
        KafkaBroker.kill();
        IntStream.range(1, 4).forEach(i -> {
            call("ann-" + i, "ann");
            call("bob-" + i, "bob");
        });
        await().until(() -> staff
                .as("admin")
                .webhooks()
                .listDeliveries(ListDeliveriesRequest.newBuilder()
                        .setOutlet("kafka")
                        .addStates(DeliveryState.DELIVERY_STATE_PENDING)
                        .build())
                .getDeliveriesList()
                .stream()
                .anyMatch(waiting -> waiting.getLastResult().startsWith("not stored")));
        KafkaBroker.up();

        await().atMost(Duration.ofSeconds(60)).until(() -> come().size() == 7);
        Map<String, List<String>> byKey = come().stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::key, Collectors.mapping(KafkaOutletTest::interaction, Collectors.toList())));
        assertThat(byKey)
                .containsEntry(staff.tenant + "/customers/ann", List.of("ann-0", "ann-1", "ann-2", "ann-3"))
                .containsEntry(
                        staff.tenant + "/customers/bob",
                        Stream.of(1, 2, 3).map(i -> "bob-" + i).toList());
    }
}
