package io.aftercall.engine;

import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.DeliveryState;
import io.aftercall.delivery.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What has been delivered, and what has not. */
public interface DeliveryLog {

    /**
     * The latest first.
     *
     * @param before only those with a lower number
     */
    CompletionStage<List<Delivery>> list(TenantId tenant, Search search, OptionalLong before, int limit);

    CompletionStage<Optional<Delivery>> find(TenantId tenant, long sequence);

    /**
     * Has one attempted again at once, as if for the first time.
     *
     * @return how many: none if it is under way just now, and so is left alone
     */
    CompletionStage<Integer> replay(TenantId tenant, long sequence, Actor actor);

    /**
     * Does so with those of an outlet that were given up, the first ones first.
     *
     * @param limit how many at most
     * @return how many
     */
    CompletionStage<Integer> replayParked(TenantId tenant, String outlet, int limit, Actor actor);

    /**
     * Sends an event to one outlet.
     *
     * @return the delivery's number
     */
    CompletionStage<Long> send(TenantId tenant, String outlet, Event event);

    /**
     * Forgets some of what is known longer than it is kept.
     *
     * @param delivered how long what happened then is kept once it is delivered
     * @param parked how long if it was given up
     * @return whether there may be more
     */
    CompletionStage<Boolean> forget(Duration delivered, Duration parked, int limit);

    /**
     * What is looked for; an empty set asks for nothing in particular.
     *
     * @param outlet null for any
     * @param customerId null for any
     */
    record Search(String outlet, Set<DeliveryState> states, String customerId) {}
}
