package io.aftercall.rpc;

import io.aftercall.api.v1.DeleteWebhookRequest;
import io.aftercall.api.v1.DeleteWebhookResponse;
import io.aftercall.api.v1.GetWebhookRequest;
import io.aftercall.api.v1.GetWebhookResponse;
import io.aftercall.api.v1.ListDeliveriesRequest;
import io.aftercall.api.v1.ListDeliveriesResponse;
import io.aftercall.api.v1.ListWebhooksRequest;
import io.aftercall.api.v1.ListWebhooksResponse;
import io.aftercall.api.v1.ReplayDeliveryRequest;
import io.aftercall.api.v1.ReplayDeliveryResponse;
import io.aftercall.api.v1.RotateWebhookSecretRequest;
import io.aftercall.api.v1.RotateWebhookSecretResponse;
import io.aftercall.api.v1.TestWebhookRequest;
import io.aftercall.api.v1.TestWebhookResponse;
import io.aftercall.api.v1.UpdateWebhookRequest;
import io.aftercall.api.v1.UpdateWebhookResponse;
import io.aftercall.api.v1.WebhookServiceGrpc;
import io.aftercall.delivery.Event;
import io.aftercall.delivery.EventType;
import io.aftercall.delivery.Webhook;
import io.aftercall.engine.Actor;
import io.aftercall.engine.DeliveryLog;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.WebhookStore;
import io.aftercall.security.NetworkGuard;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletionStage;

/** {@code WebhookService}. */
@GrpcService
final class WebhookGrpc extends WebhookServiceGrpc.WebhookServiceImplBase {

    /** As Standard Webhooks recommends. */
    private static final int SECRET_BYTES = 32;

    private final WebhookStore webhooks;
    private final DeliveryLog log;
    private final WebhookRequests requests;
    private final SecureRandom secrets;

    WebhookGrpc(WebhookStore webhooks, DeliveryLog log, NetworkGuard guard, SecureRandom secrets) {
        this.webhooks = webhooks;
        this.log = log;
        this.requests = new WebhookRequests(guard);
        this.secrets = secrets;
    }

    /**
     * A webhook with what is told of its secret.
     *
     * @param secret empty if nothing is
     */
    private record Shown(Webhook webhook, String secret) {}

    @Override
    public void listWebhooks(ListWebhooksRequest request, StreamObserver<ListWebhooksResponse> observer) {
        Answers.answer(observer, () -> webhooks.all(tenant()), all -> ListWebhooksResponse.newBuilder()
                .addAllWebhooks(all.stream().map(WebhookProto::write).toList())
                .build());
    }

    @Override
    public void getWebhook(GetWebhookRequest request, StreamObserver<GetWebhookResponse> observer) {
        Answers.answer(
                observer,
                () -> webhooks.find(tenant(), id(request.getWebhookId())),
                found -> GetWebhookResponse.newBuilder()
                        .setWebhook(WebhookProto.write(
                                found.orElseThrow(() -> WebhookErrors.notFound(request.getWebhookId()))))
                        .build());
    }

    @Override
    public void updateWebhook(UpdateWebhookRequest request, StreamObserver<UpdateWebhookResponse> observer) {
        Answers.answer(observer, () -> update(request), shown -> UpdateWebhookResponse.newBuilder()
                .setWebhook(WebhookProto.write(shown.webhook()))
                .setSecret(shown.secret())
                .build());
    }

    @Override
    public void deleteWebhook(DeleteWebhookRequest request, StreamObserver<DeleteWebhookResponse> observer) {
        Answers.answer(
                observer,
                () -> {
                    String id = id(request.getWebhookId());
                    return webhooks.delete(
                            tenant(), id, stored -> WebhookRequests.require(stored, id, request.getEtag()), actor());
                },
                done -> DeleteWebhookResponse.getDefaultInstance());
    }

    @Override
    public void rotateWebhookSecret(
            RotateWebhookSecretRequest request, StreamObserver<RotateWebhookSecretResponse> observer) {
        Answers.answer(observer, () -> rotate(request), shown -> RotateWebhookSecretResponse.newBuilder()
                .setWebhook(WebhookProto.write(shown.webhook()))
                .setSecret(shown.secret())
                .build());
    }

    @Override
    public void testWebhook(TestWebhookRequest request, StreamObserver<TestWebhookResponse> observer) {
        Answers.answer(
                observer, () -> test(tenant(), id(request.getWebhookId())), sent -> TestWebhookResponse.newBuilder()
                        .setDeliveryId(Long.toString(sent))
                        .build());
    }

    @Override
    public void listDeliveries(ListDeliveriesRequest request, StreamObserver<ListDeliveriesResponse> observer) {
        Answers.answer(
                observer, () -> Deliveries.list(log, tenant(), request), page -> ListDeliveriesResponse.newBuilder()
                        .addAllDeliveries(page.entries())
                        .setNextPageToken(page.next())
                        .build());
    }

    @Override
    public void replayDelivery(ReplayDeliveryRequest request, StreamObserver<ReplayDeliveryResponse> observer) {
        Answers.answer(
                observer,
                () -> Deliveries.replay(log, tenant(), request, actor()),
                count -> ReplayDeliveryResponse.newBuilder()
                        .setReplayedCount(count)
                        .build());
    }

    private CompletionStage<Shown> update(UpdateWebhookRequest request) {
        WebhookStore.Decision decision = requests.update(request);
        byte[] secret = secret();
        String id = request.getWebhook().getWebhookId();
        return webhooks.put(tenant(), id, decision, secret, actor())
                .thenApply(webhook -> new Shown(webhook, webhook.revision() == 1 ? words(secret) : ""));
    }

    private CompletionStage<Shown> rotate(RotateWebhookSecretRequest request) {
        FieldReader fields = new FieldReader();
        String id = fields.id("webhook_id", request.getWebhookId());
        Duration overlap = WebhookRequests.overlap(fields, request);
        fields.violations().throwIfAny();
        byte[] secret = secret();
        return webhooks.rotate(
                        tenant(), id, secret, overlap, stored -> WebhookRequests.require(stored, id, ""), actor())
                .thenApply(webhook -> new Shown(webhook, words(secret)));
    }

    private CompletionStage<Long> test(TenantId tenant, String id) {
        Event tested = new Event(EventType.WEBHOOK_TESTED, null, null, null, null);
        return webhooks.find(tenant, id).thenCompose(found -> {
            WebhookRequests.require(found, id, "");
            return log.send(tenant, Webhook.outlet(id), tested);
        });
    }

    private static String id(String id) {
        FieldReader fields = new FieldReader();
        fields.id("webhook_id", id);
        fields.violations().throwIfAny();
        return id;
    }

    private byte[] secret() {
        byte[] secret = new byte[SECRET_BYTES];
        secrets.nextBytes(secret);
        return secret;
    }

    private static String words(byte[] secret) {
        return "whsec_" + Base64.getEncoder().encodeToString(secret);
    }

    private static TenantId tenant() {
        return CurrentCall.get().caller().tenant();
    }

    private static Actor actor() {
        return CurrentCall.get().actor();
    }
}
