package io.aftercall.rpc;

import static io.aftercall.rpc.Staff.OWN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.aftercall.PackagedServer;
import io.aftercall.api.v1.BeginInteractionRequest;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.CreateFollowUpRequest;
import io.aftercall.api.v1.Delivery;
import io.aftercall.api.v1.DeliveryState;
import io.aftercall.api.v1.EventType;
import io.aftercall.api.v1.FollowUpDetails;
import io.aftercall.api.v1.FollowUpKind;
import io.aftercall.api.v1.FollowUpState;
import io.aftercall.api.v1.GetWebhookRequest;
import io.aftercall.api.v1.ListDeliveriesRequest;
import io.aftercall.api.v1.RenameTagRequest;
import io.aftercall.api.v1.ReplayDeliveryRequest;
import io.aftercall.api.v1.RotateWebhookSecretRequest;
import io.aftercall.api.v1.SaveWrapUpRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.TestWebhookRequest;
import io.aftercall.api.v1.UpdateFollowUpRequest;
import io.aftercall.api.v1.UpdateWebhookRequest;
import io.aftercall.api.v1.Webhook;
import io.aftercall.api.v1.WebhookDisableReason;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.handoff.Receiver;
import io.aftercall.handoff.Receiver.Answer;
import io.aftercall.handoff.Receiver.Message;
import io.aftercall.logs.SecretsInUse;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What receivers of webhooks are told, however they behave. */
class WebhookDeliveryIT {

    @RegisterExtension
    static final PackagedServer server = PackagedServer.with(new ToReceivers());

    private static final WrapUp WRITTEN = WrapUp.newBuilder()
            .setDispositionCode("SALE")
            .setFormValues(StructJson.write("{\"order\":{\"number\":7}}"))
            .setSubject("Two large ones")
            .setNotes("Sold \"two\"\nto Ümit 🙂")
            .setActionsTaken("Ordered by hand")
            .setActionsRecommended("Call on Monday")
            .addTags("vip")
            .build();

    @RegisterExtension
    final Staff staff = new Staff();

    private final Receiver crm = new Receiver();
    private Client admin;
    private Client router;
    private Client agent;
    private String secret;

    @BeforeEach
    void hire() {
        staff.hired();
        admin = staff.as("admin");
        router = staff.as("router");
        agent = staff.as("agent");
        secret = hook("crm", crm.url());
    }

    @AfterEach
    void close() {
        crm.close();
    }

    private String hook(String id, String url, EventType... types) {
        String shown = admin.webhooks()
                .updateWebhook(UpdateWebhookRequest.newBuilder()
                        .setWebhook(Webhook.newBuilder()
                                .setWebhookId(id)
                                .setUrl(url)
                                .addAllEventTypes(List.of(types)))
                        .build())
                .getSecret();
        SecretsInUse.add(shown);
        return shown;
    }

    private Webhook get(String id) {
        return admin.webhooks()
                .getWebhook(GetWebhookRequest.newBuilder().setWebhookId(id).build())
                .getWebhook();
    }

    private void start(String interactionId, String customer) {
        router.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteraction(Client.call(interactionId)
                                .setCustomerId(customer)
                                .setQueueId("sales")
                                .setEndTime(Timestamp.newBuilder().setSeconds(1_700_000_000)))
                        .build());
    }

    private void complete(String interactionId, WrapUp wrapUp) {
        agent.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteractionId(interactionId)
                        .setWrapUp(wrapUp)
                        .build());
    }

    private void call(String interactionId, String customer) {
        start(interactionId, customer);
        complete(
                interactionId,
                WrapUp.newBuilder().setNotes("Notes of " + interactionId).build());
    }

    private List<Delivery> deliveries(DeliveryState... states) {
        return admin.webhooks()
                .listDeliveries(ListDeliveriesRequest.newBuilder()
                        .addAllStates(List.of(states))
                        .build())
                .getDeliveriesList();
    }

    private Delivery only(DeliveryState state) {
        await().until(() -> deliveries(state).size() == 1);
        return deliveries(state).get(0);
    }

    private static List<String> interactions(List<Message> messages) {
        return messages.stream()
                .map(message -> message.wrapUp().getString("interaction_id"))
                .toList();
    }

    private static void verify(String secret, Message message) throws WebhookVerificationException {
        new com.standardwebhooks.Webhook(secret).verify(message.body(), message.headers());
    }

    // ---- what is told

    @Test
    void aFinishedWrapUpArrivesSignedAsACloudEvent() throws WebhookVerificationException {
        start("c-1", "c-4711");
        complete("c-1", WRITTEN);
        await().until(() -> crm.messages().size() == 1);

        Message message = crm.messages().get(0);
        CloudEvent event = new JsonFormat().deserialize(message.body().getBytes(UTF_8));

        verify(secret, message);
        assertThat(message.path()).isEqualTo("/hook?of=aftercall");
        assertThat(message.headers().firstValue("content-type")).contains("application/cloudevents+json");
        assertThat(event.getId()).isEqualTo(message.id());
        assertThat(event.getType()).isEqualTo("io.aftercall.wrap_up.finished");
        assertThat(event.getSource()).hasToString("/tenants/" + staff.tenant);
        assertThat(event.getSubject()).isEqualTo("agents/" + OWN + "/interactions/c-1");
        assertThat(event.getTime().toInstant()).isBefore(Instant.now().plusSeconds(1));
        assertThat(event.getExtension("partitionkey")).isEqualTo("customers/c-4711");
        assertThat(message.wrapUp().getMap())
                .containsEntry("agent_id", OWN)
                .containsEntry("interaction_id", "c-1")
                .containsEntry("customer_id", "c-4711")
                .containsEntry("queue_id", "sales")
                .containsEntry("channel", "VOICE")
                .containsEntry("team_id", Staff.TEAM)
                .containsEntry("interaction_time", "2023-11-14T22:13:20Z")
                .containsEntry("status", "FINAL")
                .containsEntry("wrap_up_revision", 1)
                .containsEntry("disposition_code", "SALE")
                .containsEntry("subject", WRITTEN.getSubject())
                .containsEntry("notes", WRITTEN.getNotes())
                .containsEntry("actions_taken", WRITTEN.getActionsTaken())
                .containsEntry("actions_recommended", WRITTEN.getActionsRecommended())
                .containsEntry("tags", List.of("vip"));
        assertThat(message.wrapUp().getJsonObject("form_values").encode()).isEqualTo("{\"order\":{\"number\":7}}");
    }

    @Test
    void aDraftIsNobodysBusinessAndALateEditIs() {
        start("c-1", "ann");
        save("c-1", "First words");
        complete("c-1", WRITTEN);
        await().until(() -> crm.messages().size() == 1);
        save("c-1", "Second thoughts");
        await().until(() -> crm.messages().size() == 2);

        assertThat(crm.types()).containsExactly("io.aftercall.wrap_up.finished", "io.aftercall.wrap_up.revised");
        assertThat(crm.messages().get(1).wrapUp().getString("notes")).isEqualTo("Second thoughts");
    }

    @Test
    void whatWasFinishedBeforeTheCallEndedIsFinishedOnce() {
        router.agents()
                .beginInteraction(BeginInteractionRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteraction(Client.call("c-1").setCustomerId("ann"))
                        .build());
        complete("c-1", WRITTEN);
        await().until(() -> crm.messages().size() == 1);
        save("c-1", "Second thoughts");
        await().until(() -> crm.messages().size() == 2);
        start("c-1", "ann");
        save("c-1", "Third thoughts");
        await().until(() -> crm.messages().size() >= 3
                && crm.messages()
                        .get(crm.messages().size() - 1)
                        .wrapUp()
                        .getString("notes")
                        .equals("Third thoughts"));

        assertThat(crm.types())
                .startsWith("io.aftercall.wrap_up.finished")
                .containsOnlyOnce("io.aftercall.wrap_up.finished");
        assertThat(crm.messages())
                .extracting(message -> message.wrapUp().getString("status"))
                .containsOnly("FINAL");
    }

    @Test
    void aRenamedTagIsToldToo() {
        start("c-1", "ann");
        complete("c-1", WRITTEN);
        await().until(() -> crm.messages().size() == 1);

        admin.wrapUps()
                .renameTag(RenameTagRequest.newBuilder()
                        .setTag("vip")
                        .setNewTag("VIP")
                        .build());

        await().until(() -> crm.messages().size() == 2);
        assertThat(crm.types()).containsExactly("io.aftercall.wrap_up.finished", "io.aftercall.wrap_up.revised");
        assertThat(crm.messages().get(1).customer())
                .isEqualTo(crm.messages().get(0).customer());
        assertThat(crm.messages().get(1).wrapUp().getJsonArray("tags")).containsExactly("VIP");
        assertThat(crm.messages().get(1).wrapUp().getInteger("wrap_up_revision"))
                .isEqualTo(2);
    }

    private void save(String interactionId, String notes) {
        agent.wrapUps()
                .saveWrapUp(SaveWrapUpRequest.newBuilder()
                        .setAgentId(OWN)
                        .setInteractionId(interactionId)
                        .setWrapUp(WrapUp.newBuilder().setNotes(notes))
                        .build());
    }

    @Test
    void aPromiseIsToldWhenItIsMadeDueAndKept() {
        Instant due = Instant.now().plusSeconds(2);
        String id = agent.followUps()
                .createFollowUp(CreateFollowUpRequest.newBuilder()
                        .setAgentId(OWN)
                        .setDetails(FollowUpDetails.newBuilder()
                                .setKind(FollowUpKind.FOLLOW_UP_KIND_CALLBACK)
                                .setCustomerId("ann")
                                .setNote("About the second one")
                                .setDueTime(ProtoTimes.timestamp(due)))
                        .build())
                .getFollowUp()
                .getFollowUpId();
        await().until(() -> crm.messages().size() == 2);
        agent.followUps()
                .updateFollowUp(UpdateFollowUpRequest.newBuilder()
                        .setAgentId(OWN)
                        .setFollowUpId(id)
                        .setState(FollowUpState.FOLLOW_UP_STATE_DONE)
                        .build());
        await().until(() -> crm.messages().size() == 3);

        assertThat(crm.types())
                .containsExactly(
                        "io.aftercall.follow_up.created",
                        "io.aftercall.follow_up.due",
                        "io.aftercall.follow_up.updated");
        assertThat(crm.messages().get(2).followUp().getMap())
                .containsEntry("follow_up_id", id)
                .containsEntry("kind", "CALLBACK")
                .containsEntry("note", "About the second one")
                .containsEntry("customer_id", "ann")
                .containsEntry("holder_agent_id", OWN)
                .containsEntry("state", "DONE");
        assertThat(crm.messages().get(2).event().getString("subject")).isEqualTo("follow-ups/" + id);
    }

    @Test
    void whoWantsOnlySomeIsToldOnlyThose() {
        try (Receiver calendar = new Receiver()) {
            hook("calendar", calendar.url(), EventType.EVENT_TYPE_FOLLOW_UP_CREATED);
            call("c-1", "ann");
            test("calendar");
            await().until(() ->
                    crm.messages().size() == 1 && calendar.messages().size() == 1);

            assertThat(calendar.types()).containsExactly("io.aftercall.webhook.tested");
            assertThat(calendar.messages().get(0).event().getJsonObject("data")).isEmpty();
        }
    }

    private void test(String id) {
        admin.webhooks()
                .testWebhook(TestWebhookRequest.newBuilder().setWebhookId(id).build());
    }

    @Test
    void whoIsDisabledIsToldNothing() {
        admin.webhooks()
                .updateWebhook(UpdateWebhookRequest.newBuilder()
                        .setWebhook(Webhook.newBuilder().setWebhookId("crm").setEnabled(false))
                        .build());
        call("c-1", "ann");

        assertThat(deliveries()).isEmpty();
        assertThat(crm.messages()).isEmpty();
    }

    // ---- order

    @Test
    void oneCustomersEventsWaitForEachOtherAndNobodyElsesDo() {
        Set<String> failedOnce = ConcurrentHashMap.newKeySet();
        crm.answering(message -> message.customer().equals("customers/ann") && failedOnce.add(message.id())
                ? Answer.of(500)
                : Answer.of(204));
        IntStream.range(0, 4).forEach(i -> {
            call("ann-" + i, "ann");
            call("bob-" + i, "bob");
        });
        await().until(() -> deliveries(DeliveryState.DELIVERY_STATE_DELIVERED).size() == 8);

        List<Message> ofAnn = crm.messages().stream()
                .filter(message -> message.customer().equals("customers/ann"))
                .toList();
        assertThat(interactions(ofAnn))
                .containsExactly("ann-0", "ann-0", "ann-1", "ann-1", "ann-2", "ann-2", "ann-3", "ann-3");
        assertThat(interactions(crm.messages()).stream().filter(id -> id.startsWith("bob")))
                .containsExactly("bob-0", "bob-1", "bob-2", "bob-3");
        assertThat(interactions(crm.messages()).indexOf("bob-3"))
                .isLessThan(interactions(crm.messages()).indexOf("ann-3"));
    }

    // ---- what goes wrong

    @Test
    void whatIsRefusedIsTriedAgainAndThenParkedUntilItIsReplayed() {
        crm.answering(message -> Answer.of(422));
        call("c-1", "ann");

        Delivery parked = only(DeliveryState.DELIVERY_STATE_PARKED);
        crm.answering(message -> Answer.of(200));
        int replayed = admin.webhooks()
                .replayDelivery(ReplayDeliveryRequest.newBuilder()
                        .setParkedOutlet("webhooks/crm")
                        .build())
                .getReplayedCount();

        assertThat(parked.getAttemptCount()).isEqualTo(ToReceivers.ATTEMPTS);
        assertThat(parked.getLastResult()).isEqualTo("HTTP 422");
        assertThat(replayed).isEqualTo(1);
        Delivery delivered = only(DeliveryState.DELIVERY_STATE_DELIVERED);
        assertThat(delivered.getEventId()).isEqualTo(parked.getEventId());
        assertThat(delivered.getLastResult()).isEqualTo("HTTP 200");
        assertThat(crm.messages()).hasSize(ToReceivers.ATTEMPTS + 1).allMatch(message -> message.id()
                .equals(parked.getEventId()));
        assertThat(get("crm").getHealth().getParkedCount()).isZero();
    }

    @Test
    void whatWasDeliveredCanBeSentAgain() {
        call("c-1", "ann");
        Delivery delivered = only(DeliveryState.DELIVERY_STATE_DELIVERED);

        admin.webhooks()
                .replayDelivery(ReplayDeliveryRequest.newBuilder()
                        .setDeliveryId(delivered.getDeliveryId())
                        .build());

        await().until(() -> crm.messages().size() == 2);
        assertThat(crm.messages().get(1).id()).isEqualTo(crm.messages().get(0).id());
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (Receiver elsewhere = new Receiver()) {
            crm.answering(message -> Answer.with(307, "location", elsewhere.url()));
            call("c-1", "ann");

            assertThat(only(DeliveryState.DELIVERY_STATE_PARKED).getLastResult())
                    .isEqualTo("HTTP 307, redirects are not followed");
            assertThat(elsewhere.messages()).isEmpty();
        }
    }

    @Test
    void whoHangsIsGivenUpInTimeAndHoldsUpNobodyElse() {
        try (Receiver dead = new Receiver().answering(message -> Receiver.HANG)) {
            hook("dead", dead.url());
            IntStream.range(0, 20).forEach(i -> call("c-" + i, "customer-" + i));
            await().until(() -> crm.messages().size() == 20);

            await().until(() -> get("dead").getHealth().getConsecutiveFailures() >= 5);
            assertThat(get("dead").getHealth().getPendingCount()
                            + get("dead").getHealth().getParkedCount())
                    .isEqualTo(20);
            assertThat(deliveries(DeliveryState.DELIVERY_STATE_PENDING).stream()
                            .map(Delivery::getLastResult)
                            .filter(result -> !result.isEmpty()))
                    .containsOnly("no answer in time");
            assertThat(get("crm").getHealth().getConsecutiveFailures()).isZero();
        }
    }

    @Test
    void whoDoesNotAnswerIsLeftAloneAndComesBack() {
        int port = crm.port();
        crm.close();
        IntStream.range(0, 8).forEach(i -> call("c-" + i, "customer-" + i));
        await().until(() -> get("crm").getHealth().hasPausedUntilTime());
        try (Receiver back = new Receiver(port)) {
            await().until(() -> get("crm").getHealth().getConsecutiveFailures() == 0);
            admin.webhooks()
                    .replayDelivery(ReplayDeliveryRequest.newBuilder()
                            .setParkedOutlet("webhooks/crm")
                            .build());
            await().until(() ->
                    deliveries(DeliveryState.DELIVERY_STATE_DELIVERED).size() == 8);

            assertThat(interactions(back.messages()).stream().distinct()).hasSize(8);
        }
    }

    @Test
    void whoAsksToBeLeftAloneIs() {
        crm.answering(message -> crm.messages().size() == 1 ? Answer.with(429, "retry-after", "1") : Answer.of(200));
        call("c-1", "ann");
        await().until(() -> crm.messages().size() == 2);

        Delivery delivered = only(DeliveryState.DELIVERY_STATE_DELIVERED);
        Instant again = instant(delivered.getLastAttemptTime());
        assertThat(again).isAfter(instant(delivered.getEventTime()).plusMillis(1_000));
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    @Test
    void whoWantsNothingMoreIsDisabled() {
        crm.answering(message -> Answer.of(410));
        call("c-1", "ann");

        await().until(() -> !get("crm").getEnabled());
        Webhook disabled = get("crm");
        assertThat(disabled.getDisableReason()).isEqualTo(WebhookDisableReason.WEBHOOK_DISABLE_REASON_GONE);
        assertThat(disabled.getDisableTime()).isEqualTo(disabled.getUpdateTime());
        call("c-2", "ann");
        assertThat(interactions(crm.messages())).containsOnly("c-1");
    }

    @Test
    void whoTalksNonsenseIsNoReceiver() throws IOException {
        try (ServerSocket nonsense = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread talker = new Thread(() -> talk(nonsense));
            talker.start();
            hook("crm", "http://127.0.0.1:" + nonsense.getLocalPort() + "/");
            call("c-1", "ann");

            assertThat(only(DeliveryState.DELIVERY_STATE_PARKED).getLastResult())
                    .startsWith("no HTTP answer");
        }
    }

    private static void talk(ServerSocket nonsense) {
        while (!nonsense.isClosed()) {
            try (Socket caller = nonsense.accept()) {
                caller.getInputStream().read(new byte[8_192]);
                caller.getOutputStream().write("220 mail.example.com ESMTP\r\n\r\n".getBytes(UTF_8));
            } catch (IOException closed) {
                if (!nonsense.isClosed()) {
                    throw new UncheckedIOException(closed);
                }
            }
        }
    }

    // ---- secrets

    @Test
    void afterARotationBothSecretsVerifyForAWhile() throws WebhookVerificationException {
        String next = rotate(3_600);
        call("c-1", "ann");
        await().until(() -> crm.messages().size() == 1);

        verify(secret, crm.messages().get(0));
        verify(next, crm.messages().get(0));
    }

    @Test
    void aSecretThatIsKnownToOthersIsReplacedAtOnce() throws WebhookVerificationException {
        String next = rotate(0);
        call("c-1", "ann");
        await().until(() -> crm.messages().size() == 1);

        verify(next, crm.messages().get(0));
        assertThatThrownBy(() -> verify(secret, crm.messages().get(0)))
                .isInstanceOf(WebhookVerificationException.class);
    }

    private String rotate(int overlapSeconds) {
        String shown = admin.webhooks()
                .rotateWebhookSecret(RotateWebhookSecretRequest.newBuilder()
                        .setWebhookId("crm")
                        .setOverlapDuration(Client.seconds(overlapSeconds))
                        .build())
                .getSecret();
        SecretsInUse.add(shown);
        return shown;
    }
}
