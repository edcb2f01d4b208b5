package io.aftercall.rpc;

import static io.aftercall.engine.StoreContract.await;
import static io.aftercall.rpc.Staff.OWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.PackagedServer;
import io.aftercall.api.v1.AuditEvent;
import io.aftercall.api.v1.DeleteWebhookRequest;
import io.aftercall.api.v1.EventType;
import io.aftercall.api.v1.GetWebhookRequest;
import io.aftercall.api.v1.ListAuditEventsRequest;
import io.aftercall.api.v1.ListDeliveriesRequest;
import io.aftercall.api.v1.ListWebhooksRequest;
import io.aftercall.api.v1.ReplayDeliveryRequest;
import io.aftercall.api.v1.RotateWebhookSecretRequest;
import io.aftercall.api.v1.TestWebhookRequest;
import io.aftercall.api.v1.UpdateWebhookRequest;
import io.aftercall.api.v1.UpdateWebhookResponse;
import io.aftercall.api.v1.Webhook;
import io.aftercall.api.v1.WebhookDisableReason;
import io.aftercall.boot.OwnerPool;
import io.aftercall.handoff.Receiver;
import io.aftercall.logs.SecretsInUse;
import io.grpc.Status.Code;
import io.vertx.sqlclient.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keeping webhooks; what is delivered to them is seen in {@link WebhookDeliveryIT}. */
class WebhookServiceIT {

    @RegisterExtension
    static final PackagedServer server = PackagedServer.with(new ToReceivers());

    private final OwnerPool owner = server.owner();

    private static final String URL = "https://crm.example.com/hook?token=s3cret-in-the-url";

    @RegisterExtension
    final Staff staff = new Staff();

    private final Receiver receiver = new Receiver();
    private Client admin;

    @BeforeEach
    void hire() {
        staff.hired();
        admin = staff.as("admin");
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private UpdateWebhookResponse update(Webhook.Builder webhook) {
        UpdateWebhookResponse updated = admin.webhooks()
                .updateWebhook(
                        UpdateWebhookRequest.newBuilder().setWebhook(webhook).build());
        if (!updated.getSecret().isEmpty()) {
            SecretsInUse.add(updated.getSecret());
        }
        return updated;
    }

    private static Webhook.Builder crm() {
        return Webhook.newBuilder().setWebhookId("crm").setUrl(URL);
    }

    private Webhook get() {
        return admin.webhooks()
                .getWebhook(GetWebhookRequest.newBuilder().setWebhookId("crm").build())
                .getWebhook();
    }

    @Test
    void aWebhookIsAddedAndItsSecretShownOnce() {
        UpdateWebhookResponse added = update(crm().setDescription("Our CRM")
                .addEventTypes(EventType.EVENT_TYPE_FOLLOW_UP_DUE)
                .addEventTypes(EventType.EVENT_TYPE_WRAP_UP_FINISHED));

        assertThat(added.getSecret()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(get()).isEqualTo(added.getWebhook());
        assertThat(get().getUrl()).isEqualTo(URL);
        assertThat(get().getDescription()).isEqualTo("Our CRM");
        assertThat(get().getEventTypesList())
                .containsExactly(EventType.EVENT_TYPE_WRAP_UP_FINISHED, EventType.EVENT_TYPE_FOLLOW_UP_DUE);
        assertThat(get().getEnabled()).isTrue();
        assertThat(update(crm().setDescription("The CRM")).getSecret()).isEmpty();
        assertThat(get().getDescription()).isEqualTo("The CRM");
        assertThat(get().getEventTypesCount()).isEqualTo(2);
        assertThat(admin.webhooks()
                        .listWebhooks(ListWebhooksRequest.getDefaultInstance())
                        .getWebhooksList())
                .containsExactly(get());
    }

    @Test
    void whoHasNotSeenTheLastChangeDoesNotUndoIt() {
        String etag = update(crm()).getWebhook().getEtag();
        update(crm().setEnabled(false));

        GrpcError refused = GrpcError.of(() -> update(crm().setEtag(etag).setDescription("late")));

        assertThat(refused.code()).isEqualTo(Code.ABORTED);
        assertThat(refused.reason()).isEqualTo("STALE_ETAG");
        assertThat(get().getDescription()).isEmpty();
        assertThat(get().getEnabled()).isFalse();
    }

    @Test
    void whatIsDisabledSaysSinceWhen() {
        boolean enabled = update(crm()).getWebhook().hasDisableTime();
        Webhook disabled = update(crm().setEnabled(false)).getWebhook();
        Webhook changed =
                update(crm().setEnabled(false).setDescription("The CRM")).getWebhook();
        Webhook again = update(crm().setEnabled(true)).getWebhook();

        assertThat(enabled).isFalse();
        assertThat(disabled.getDisableTime()).isEqualTo(disabled.getUpdateTime());
        assertThat(disabled.getDisableReason()).isEqualTo(WebhookDisableReason.WEBHOOK_DISABLE_REASON_REQUESTED);
        assertThat(changed.getDisableTime()).isEqualTo(disabled.getDisableTime());
        assertThat(changed.getDisableReason()).isEqualTo(disabled.getDisableReason());
        assertThat(again.hasDisableTime()).isFalse();
        assertThat(again.getDisableReason()).isEqualTo(WebhookDisableReason.WEBHOOK_DISABLE_REASON_UNSPECIFIED);
    }

    @Test
    void whatIsAddedDisabledSaysSoToo() {
        Webhook added = update(crm().setEnabled(false)).getWebhook();

        assertThat(added.getDisableTime()).isEqualTo(added.getCreateTime());
    }

    /** As a server of before leaves it. */
    @Test
    void ofWhatWasDisabledWhenNobodyKeptThatTheLastChangeIsTold() {
        Webhook disabled = update(crm().setEnabled(false)).getWebhook();
        owner.pool()
                .preparedQuery("UPDATE webhook SET disable_time = NULL, disable_reason = NULL WHERE tenant_id = $1")
                .execute(Tuple.of(staff.tenant))
                .toCompletionStage()
                .toCompletableFuture()
                .join();

        assertThat(get().getDisableTime()).isEqualTo(disabled.getUpdateTime());
        assertThat(get().getDisableReason()).isEqualTo(WebhookDisableReason.WEBHOOK_DISABLE_REASON_UNSPECIFIED);
        assertThat(update(crm().setDescription("The CRM")).getWebhook().getDisableTime())
                .isEqualTo(disabled.getUpdateTime());
    }

    @Test
    void everythingThatIsWrongIsNamedAndNothingChanges() {
        GrpcError refused = GrpcError.of(() -> update(Webhook.newBuilder()
                .setWebhookId("no id")
                .setUrl("ftp://crm.example.com")
                .setDescription("two\nlines")
                .addEventTypesValue(99)));

        assertThat(refused.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(refused.fields())
                .containsExactlyInAnyOrder(
                        "webhook.webhook_id", "webhook.url", "webhook.description", "webhook.event_types");
        assertThat(admin.webhooks()
                        .listWebhooks(ListWebhooksRequest.getDefaultInstance())
                        .getWebhooksCount())
                .isZero();
    }

    @Test
    void whatIsNoPublicTargetIsRefused() {
        for (String url : new String[] {
            "",
            "https://10.0.0.1/hook",
            "https://[::1]/hook",
            "https://169.254.169.254/latest",
            "http://1.1.1.1/hook",
            "https://me:secret@crm.example.com",
            "https://crm.example.com/#here",
            "https:///hook",
            "crm.example.com",
            "https://crm.example.com:99999/",
            "https://" + "x".repeat(2_048) + ".com"
        }) {
            GrpcError refused = GrpcError.of(() -> admin.webhooks()
                    .updateWebhook(UpdateWebhookRequest.newBuilder()
                            .setWebhook(Webhook.newBuilder().setWebhookId("crm").setUrl(url))
                            .build()));

            assertThat(refused.fields()).as(url).containsExactly("webhook.url");
        }
        assertThat(update(crm().setUrl(receiver.url())).getWebhook().getUrl()).isEqualTo(receiver.url());
    }

    @Test
    void aWebhookThatIsDeletedIsGoneWithWhatWaitedForIt() {
        receiver.answering(message -> Receiver.Answer.of(500));
        update(crm().setUrl(receiver.url()));
        test();
        await().until(() -> !receiver.messages().isEmpty());

        admin.webhooks()
                .deleteWebhook(
                        DeleteWebhookRequest.newBuilder().setWebhookId("crm").build());

        assertThat(GrpcError.of(this::get).reason()).isEqualTo("WEBHOOK_NOT_FOUND");
        assertThat(admin.webhooks()
                        .listDeliveries(ListDeliveriesRequest.getDefaultInstance())
                        .getDeliveriesCount())
                .isZero();
    }

    @Test
    void ofVeryManyDeliveriesThatThereAreManyIsSaidAndTheyAreDeletedWithTheWebhook() {
        update(crm().setEnabled(false));
        deliveries(12_000, "webhooks/crm", "PENDING");
        deliveries(3, "webhooks/other", "PENDING");
        deliveries(7, "webhooks/crm", "PARKED");

        Webhook before = get();
        admin.webhooks()
                .deleteWebhook(
                        DeleteWebhookRequest.newBuilder().setWebhookId("crm").build());

        assertThat(before.getHealth().getPendingCount()).isEqualTo(10_000);
        assertThat(before.getHealth().getParkedCount()).isEqualTo(7);
        assertThat(GrpcError.of(this::get).reason()).isEqualTo("WEBHOOK_NOT_FOUND");
        assertThat(admin.webhooks()
                        .listDeliveries(ListDeliveriesRequest.getDefaultInstance())
                        .getDeliveriesList())
                .hasSize(3)
                .allMatch(delivery -> delivery.getOutlet().equals("webhooks/other"));
    }

    private void deliveries(int count, String outlet, String state) {
        await(owner.pool()
                .preparedQuery(
                        """
                        INSERT INTO delivery (tenant_id, outlet, event_id, event_type, event_time, interaction_id,
                            order_key, state, next_attempt_time)
                        SELECT $1, $2, gen_random_uuid(), 'WRAP_UP_FINISHED', now(), 'c-1', '', $3, now()
                        FROM generate_series(1, $4)
                        """)
                .execute(Tuple.of(staff.tenant, outlet, state, count))
                .toCompletionStage());
    }

    private String test() {
        return admin.webhooks()
                .testWebhook(TestWebhookRequest.newBuilder().setWebhookId("crm").build())
                .getDeliveryId();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(GrpcError.of(this::get).code()).isEqualTo(Code.NOT_FOUND);
        assertThat(GrpcError.of(this::test).reason()).isEqualTo("WEBHOOK_NOT_FOUND");
        assertThat(GrpcError.of(() -> admin.webhooks()
                                .deleteWebhook(DeleteWebhookRequest.newBuilder()
                                        .setWebhookId("crm")
                                        .build()))
                        .reason())
                .isEqualTo("WEBHOOK_NOT_FOUND");
        assertThat(GrpcError.of(() -> admin.webhooks()
                                .rotateWebhookSecret(RotateWebhookSecretRequest.newBuilder()
                                        .setWebhookId("crm")
                                        .build()))
                        .reason())
                .isEqualTo("WEBHOOK_NOT_FOUND");
        assertThat(GrpcError.of(() -> admin.webhooks()
                                .replayDelivery(ReplayDeliveryRequest.newBuilder()
                                        .setDeliveryId("4711")
                                        .build()))
                        .reason())
                .isEqualTo("DELIVERY_NOT_FOUND");
    }

    @Test
    void aReplayMustSayOfWhat() {
        for (ReplayDeliveryRequest.Builder bad : new ReplayDeliveryRequest.Builder[] {
            ReplayDeliveryRequest.newBuilder(),
            ReplayDeliveryRequest.newBuilder().setDeliveryId("first"),
            ReplayDeliveryRequest.newBuilder().setParkedOutlet(""),
            ReplayDeliveryRequest.newBuilder().setParkedOutlet("webhooks/no id")
        }) {
            assertThat(GrpcError.of(() -> admin.webhooks().replayDelivery(bad.build()))
                            .code())
                    .isEqualTo(Code.INVALID_ARGUMENT);
        }
    }

    @Test
    void theAuditTrailHasEveryChangeWithoutSecrets() {
        update(crm());
        admin.webhooks()
                .rotateWebhookSecret(RotateWebhookSecretRequest.newBuilder()
                        .setWebhookId("crm")
                        .build());
        admin.webhooks()
                .deleteWebhook(
                        DeleteWebhookRequest.newBuilder().setWebhookId("crm").build());

        var trail = staff.as("auditor")
                .audit()
                .listAuditEvents(ListAuditEventsRequest.getDefaultInstance())
                .getEventsList();

        assertThat(trail.stream().map(AuditEvent::getAction).limit(3))
                .containsExactly("WEBHOOK_DELETED", "WEBHOOK_SECRET_ROTATED", "WEBHOOK_UPDATED");
        assertThat(trail.toString()).contains("crm.example.com").doesNotContain("whsec_", "s3cret-in-the-url");
    }

    @Test
    void aTenantSeesAndTouchesItsOwnOnly() {
        update(crm().setUrl(receiver.url()));
        Staff others = new Staff().hired();
        try {
            Client stranger = others.as("admin");

            assertThat(stranger.webhooks()
                            .listWebhooks(ListWebhooksRequest.getDefaultInstance())
                            .getWebhooksCount())
                    .isZero();
            others.as("router").startAcw(OWN, "call");
            String delivery = test();
            await().until(() -> receiver.messages().size() == 1);
            assertThat(GrpcError.of(() -> stranger.webhooks()
                                    .replayDelivery(ReplayDeliveryRequest.newBuilder()
                                            .setDeliveryId(delivery)
                                            .build()))
                            .reason())
                    .isEqualTo("DELIVERY_NOT_FOUND");
        } finally {
            others.afterEach(null);
        }
    }
}
