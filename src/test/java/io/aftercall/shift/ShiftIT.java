package io.aftercall.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import io.aftercall.ServerProcess;
import io.aftercall.api.v1.Delivery;
import io.aftercall.api.v1.DeliveryState;
import io.aftercall.api.v1.GetFollowUpRequest;
import io.aftercall.api.v1.ListDeliveriesRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.SearchWrapUpsRequest;
import io.aftercall.api.v1.SearchWrapUpsResponse;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.api.v1.UpdateWebhookRequest;
import io.aftercall.api.v1.Webhook;
import io.aftercall.api.v1.WrapUpRecord;
import io.aftercall.handoff.Receiver;
import io.aftercall.handoff.Receiver.Message;
import io.aftercall.rpc.Client;
import io.aftercall.shift.Shift.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A shift of 500 calls through the packaged server, which is killed twice, while the CRM and the mail server are away in
 * turns and the CRM now and then fails: everything that was acknowledged is stored once and handed off.
 */
class ShiftIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Test
    void everythingIsStoredOnceAndHandedOff() throws Exception {
        try (Letterbox letterbox = new Letterbox();
                Receivers crm = new Receivers();
                ServerProcess server = ServerProcess.onFreshData()
                        .with("AFTERCALL_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8")
                        .with("AFTERCALL_WEBHOOK_TIMEOUT", "2s")
                        .with("AFTERCALL_DELIVERY_FIRST_RETRY", "200ms")
                        .with("AFTERCALL_DELIVERY_LONGEST_RETRY", "2s")
                        .with("AFTERCALL_DELIVERY_ATTEMPTS", "100")
                        .with("AFTERCALL_EMAIL_FROM", "shift@aftercall.example")
                        .with("QUARKUS_MAILER_HOST", "127.0.0.1")
                        .with("QUARKUS_MAILER_PORT", Integer.toString(letterbox.port()))
                        .start();
                Client client = server.client()) {
            hook(client, crm.url());
            hurry(client);
            Shift shift = new Shift(client);
            CompletableFuture<Void> trouble = CompletableFuture.runAsync(() -> trouble(shift, server, crm, letterbox));
            List<Call> calls = shift.work();
            trouble.join();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> deliveries(client, DeliveryState.DELIVERY_STATE_PENDING)
                                    .isEmpty()
                            && first(crm, "io.aftercall.follow_up.due").size()
                                    == promised(calls).size());

            assertThat(calls).hasSize(Shift.AGENTS * Shift.CALLS_OF_EACH);
            assertStoredOnce(client, calls);
            assertHandedOff(crm, calls);
            assertRemindedOnce(client, crm, calls);
            assertMailedAtMostOnce(letterbox, client, calls);
            new ShiftReport(client, calls).assertTrue();
        }
    }

    private static void hook(Client client, String url) {
        client.webhooks()
                .updateWebhook(UpdateWebhookRequest.newBuilder()
                        .setWebhook(Webhook.newBuilder().setWebhookId("crm").setUrl(url))
                        .build());
    }

    private static void hurry(Client client) {
        client.policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(Policy.newBuilder()
                                .setScope(PolicyScope.POLICY_SCOPE_QUEUE)
                                .setScopeId(Shift.RUSH)
                                .setDuration(Durations.fromMillis(Shift.RUSH_MILLIS))
                                .setWarningBeforeEnd(Durations.ZERO))
                        .build());
    }

    private static void trouble(Shift shift, ServerProcess server, Receivers crm, Letterbox letterbox) {
        try {
            after(shift, 60);
            server.killForcibly();
            server.start();
            after(shift, 120);
            crm.down();
            after(shift, 160);
            letterbox.down();
            after(shift, 200);
            crm.up();
            server.killForcibly();
            server.start();
            after(shift, 240);
            letterbox.up();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void after(Shift shift, int calls) {
        await().atMost(PATIENCE).until(() -> shift.acknowledged() >= calls);
    }

    private static void assertStoredOnce(Client client, List<Call> calls) {
        Map<String, String> stored = new LinkedHashMap<>();
        SearchWrapUpsResponse page = SearchWrapUpsResponse.getDefaultInstance();
        do {
            page = client.wrapUps()
                    .searchWrapUps(SearchWrapUpsRequest.newBuilder()
                            .addTags("shift")
                            .setPageSize(200)
                            .setPageToken(page.getNextPageToken())
                            .build());
            for (WrapUpRecord record : page.getRecordsList()) {
                assertThat(record.getVersion().getWrapUpRevision()).isEqualTo(1);
                assertThat(stored.put(
                                record.getInteractionId(), record.getWrapUp().getNotes()))
                        .isNull();
            }
        } while (!page.getNextPageToken().isEmpty());
        assertThat(stored).isEqualTo(calls.stream().collect(Collectors.toMap(Call::interaction, Call::notes)));
    }

    private static List<Message> first(Receivers crm, String type) {
        Map<String, Message> byId = new LinkedHashMap<>();
        crm.accepted().forEach(message -> byId.putIfAbsent(message.id(), message));
        return byId.values().stream()
                .filter(message -> message.type().equals(type))
                .toList();
    }

    private static void assertHandedOff(Receivers crm, List<Call> calls) {
        List<Message> finished = first(crm, "io.aftercall.wrap_up.finished");
        assertThat(finished)
                .extracting(message -> message.wrapUp().getString("interaction_id"))
                .containsExactlyInAnyOrderElementsOf(
                        calls.stream().map(Call::interaction).toList());
        assertThat(finished)
                .extracting(message -> message.wrapUp().getString("notes"))
                .containsExactlyInAnyOrderElementsOf(
                        calls.stream().map(Call::notes).toList());
        assertThat(first(crm, "io.aftercall.follow_up.created"))
                .extracting(message -> message.followUp().getString("follow_up_id"))
                .containsExactlyInAnyOrderElementsOf(promised(calls));
        Map<String, List<String>> sequences = crm.accepted().stream()
                .collect(Collectors.groupingBy(
                        Message::customer,
                        Collectors.mapping(message -> message.event().getString("sequence"), Collectors.toList())));
        assertThat(sequences.values())
                .allSatisfy(one -> assertThat(one.stream().distinct()).isSorted());
    }

    private static List<String> promised(List<Call> calls) {
        return calls.stream().map(Call::followUp).filter(id -> !id.isEmpty()).toList();
    }

    private static void assertRemindedOnce(Client client, Receivers crm, List<Call> calls) {
        assertThat(first(crm, "io.aftercall.follow_up.due"))
                .extracting(message -> message.followUp().getString("follow_up_id"))
                .containsExactlyInAnyOrderElementsOf(promised(calls));
        assertThat(calls.stream().filter(call -> !call.followUp().isEmpty()))
                .allSatisfy(call -> assertThat(client.followUps()
                                .getFollowUp(GetFollowUpRequest.newBuilder()
                                        .setAgentId(call.agent())
                                        .setFollowUpId(call.followUp())
                                        .build())
                                .getFollowUp()
                                .hasRemindTime())
                        .isTrue());
    }

    private static void assertMailedAtMostOnce(Letterbox letterbox, Client client, List<Call> calls) {
        List<String> asked = calls.stream()
                .map(Call::email)
                .filter(email -> !email.isEmpty())
                .toList();
        List<String> mailed = letterbox.recipients();
        List<Delivery> parked = deliveries(client, DeliveryState.DELIVERY_STATE_PARKED);
        assertThat(mailed).doesNotHaveDuplicates().isSubsetOf(asked);
        assertThat(parked).allSatisfy(one -> {
            assertThat(one.getOutlet()).isEqualTo("email");
            assertThat(one.getLastResult()).startsWith("it is not known whether it was sent");
        });
        // One that is parked may have been sent.
        assertThat(mailed.size()).isBetween(asked.size() - parked.size(), asked.size());
    }

    private static List<Delivery> deliveries(Client client, DeliveryState state) {
        return client.webhooks()
                .listDeliveries(ListDeliveriesRequest.newBuilder()
                        .addStates(state)
                        .setPageSize(1_000)
                        .build())
                .getDeliveriesList();
    }

    /** A CRM that comes and goes at one address, and fails at every twentieth message. */
    private static final class Receivers implements AutoCloseable {

        private final AtomicInteger count = new AtomicInteger();
        private final List<Message> before = new ArrayList<>();
        private final Set<Message> refused =
                Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        private Receiver receiver = new Receiver().answering(this::answer);
        private final int port = receiver.port();

        private Receiver.Answer answer(Message message) {
            if (count.incrementAndGet() % 20 == 0) {
                refused.add(message);
                return Receiver.Answer.of(503);
            }
            return Receiver.Answer.of(204);
        }

        String url() {
            return receiver.url();
        }

        /** What was taken, in the order in which it came; also what came again. */
        synchronized List<Message> accepted() {
            List<Message> all = new ArrayList<>(before);
            all.addAll(receiver.messages());
            all.removeIf(refused::contains);
            return all;
        }

        synchronized void down() {
            receiver.close();
        }

        synchronized void up() {
            before.addAll(receiver.messages());
            receiver = new Receiver(port).answering(this::answer);
        }

        @Override
        public void close() {
            receiver.close();
        }
    }
}
