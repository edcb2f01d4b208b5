package io.aftercall.rpc;

import io.aftercall.api.v1.ListDeliveriesRequest;
import io.aftercall.api.v1.ReplayDeliveryRequest;
import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.DeliveryState;
import io.aftercall.engine.Actor;
import io.aftercall.engine.DeliveryLog;
import io.aftercall.engine.TenantId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What was delivered, as callers ask for it. */
final class Deliveries {

    /** Of those that are replayed in one transaction. */
    private static final int PORTION = 1_000;

    private Deliveries() {}

    static CompletionStage<Pages.Page<io.aftercall.api.v1.Delivery>> list(
            DeliveryLog log, TenantId tenant, ListDeliveriesRequest request) {
        FieldReader fields = new FieldReader();
        Set<DeliveryState> states = EnumSet.noneOf(DeliveryState.class);
        request.getStatesList()
                .forEach(state -> Optional.ofNullable(fields.choice("states", state, DeliveryState.class))
                        .ifPresent(states::add));
        DeliveryLog.Search search = new DeliveryLog.Search(
                outlet(fields, "outlet", request.getOutlet()),
                states,
                fields.optionalId("customer_id", request.getCustomerId()));
        int size = Pages.size(fields, request.getPageSize());
        fields.violations().throwIfAny();
        String of = Fingerprint.of(
                request.toBuilder().clearPageSize().clearPageToken().build());
        OptionalLong before = Pages.position(request.getPageToken(), of, Long::valueOf).stream()
                .mapToLong(place -> place)
                .findFirst();
        return log.list(tenant, search, before, size + 1)
                .thenApply(found ->
                        Pages.page(found, size, of, last -> Long.toString(last.sequence()), WebhookProto::write));
    }

    static CompletionStage<Integer> replay(
            DeliveryLog log, TenantId tenant, ReplayDeliveryRequest request, Actor actor) {
        FieldReader fields = new FieldReader();
        switch (request.getDeliveriesCase()) {
            case DELIVERY_ID -> {
                OptionalLong sequence = sequence(fields, request.getDeliveryId());
                fields.violations().throwIfAny();
                return one(log, tenant, sequence.orElseThrow(), actor);
            }
            case PARKED_OUTLET -> {
                if (request.getParkedOutlet().isEmpty()) {
                    fields.violations().add("parked_outlet", "must not be empty");
                }
                String outlet = outlet(fields, "parked_outlet", request.getParkedOutlet());
                fields.violations().throwIfAny();
                return parked(log, tenant, outlet, actor, 0);
            }
            default -> {
                fields.violations().add("deliveries", "is required: delivery_id or parked_outlet");
                fields.violations().throwIfAny();
                throw new IllegalStateException("a violation was not told");
            }
        }
    }

    private static CompletionStage<Integer> one(DeliveryLog log, TenantId tenant, long sequence, Actor actor) {
        return log.find(tenant, sequence).thenCompose(found -> {
            Delivery delivery = found.orElseThrow(() -> WebhookErrors.deliveryNotFound(Long.toString(sequence)));
            return log.replay(tenant, delivery.sequence(), actor);
        });
    }

    /** Portion by portion: commands of the tenant come in between. */
    private static CompletionStage<Integer> parked(
            DeliveryLog log, TenantId tenant, String outlet, Actor actor, int before) {
        return log.replayParked(tenant, outlet, PORTION, actor)
                .thenCompose(more -> more < PORTION
                        ? CompletableFuture.completedFuture(before + more)
                        : parked(log, tenant, outlet, actor, before + more));
    }

    private static String outlet(FieldReader fields, String field, String outlet) {
        return outlet.startsWith("webhooks/")
                ? "webhooks/" + fields.id(field, outlet.substring("webhooks/".length()))
                : fields.optionalId(field, outlet);
    }

    private static OptionalLong sequence(FieldReader fields, String id) {
        if (id.matches("\\d{1,18}")) {
            return OptionalLong.of(Long.parseLong(id));
        }
        fields.violations().add("delivery_id", "is not one of this server's");
        return OptionalLong.empty();
    }
}
