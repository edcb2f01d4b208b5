package io.aftercall.rpc;

import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.Event;
import io.aftercall.delivery.Webhook;
import io.aftercall.engine.Actor;
import io.aftercall.engine.DeliveryLog;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.WebhookStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One webhook that is as it is, and to which nothing has been delivered. */
final class WebhooksInMemory implements WebhookStore, DeliveryLog {

    private static final Webhook ONE = new Webhook(
            "crm",
            "https://crm.example.com",
            "",
            Set.of(),
            true,
            null,
            1,
            Instant.EPOCH,
            Instant.EPOCH,
            Webhook.Health.UNTRIED);

    @Override
    public CompletionStage<List<Webhook>> all(TenantId tenant) {
        return CompletableFuture.completedFuture(List.of(ONE));
    }

    @Override
    public CompletionStage<Optional<Webhook>> find(TenantId tenant, String id) {
        return CompletableFuture.completedFuture(Optional.of(ONE));
    }

    @Override
    public CompletionStage<Webhook> put(TenantId tenant, String id, Decision decision, byte[] secret, Actor actor) {
        Webhook wanted = decision.decide(id.equals(ONE.id()) ? Optional.of(ONE) : Optional.empty());
        return CompletableFuture.completedFuture(new Webhook(
                id,
                wanted.url(),
                wanted.description(),
                wanted.eventTypes(),
                wanted.enabled(),
                wanted.disabled(),
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                Webhook.Health.UNTRIED));
    }

    @Override
    public CompletionStage<Void> delete(TenantId tenant, String id, Check check, Actor actor) {
        check.accept(Optional.of(ONE));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Webhook> rotate(
            TenantId tenant, String id, byte[] secret, Duration overlap, Check check, Actor actor) {
        check.accept(Optional.of(ONE));
        return CompletableFuture.completedFuture(ONE);
    }

    @Override
    public CompletionStage<List<Delivery>> list(TenantId tenant, Search search, OptionalLong before, int limit) {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<Optional<Delivery>> find(TenantId tenant, long sequence) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public CompletionStage<Integer> replay(TenantId tenant, long sequence, Actor actor) {
        return CompletableFuture.completedFuture(1);
    }

    @Override
    public CompletionStage<Integer> replayParked(TenantId tenant, String outlet, int limit, Actor actor) {
        return CompletableFuture.completedFuture(0);
    }

    @Override
    public CompletionStage<Long> send(TenantId tenant, String outlet, Event event) {
        return CompletableFuture.completedFuture(1L);
    }

    @Override
    public CompletionStage<Boolean> forget(Duration delivered, Duration parked, int limit) {
        return CompletableFuture.completedFuture(false);
    }
}
