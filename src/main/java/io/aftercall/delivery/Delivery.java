package io.aftercall.delivery;

import java.time.Instant;
import java.util.UUID;

/**
 * An event on its way to one outlet.
 *
 * @param sequence the tenant's deliveries are numbered in the order in which their events happened, with gaps
 * @param outlet where to: {@code webhooks/…}
 * @param eventId the same for every outlet and at every attempt
 * @param attempts how often it was tried, since it was last replayed; the one under way is counted
 * @param answered the last of them of which it is known what came of it
 * @param nextAttemptTime when it is tried again; null if it is not
 * @param lastAttemptTime null if it has not been tried
 * @param lastResult what came of that, as {@code HTTP 503}; null if it has not been tried
 */
public record Delivery(
        long sequence,
        String outlet,
        UUID eventId,
        Instant eventTime,
        Event event,
        DeliveryState state,
        int attempts,
        int answered,
        Instant nextAttemptTime,
        Instant lastAttemptTime,
        String lastResult) {

    /** Whether an attempt before the one under way may have been accepted. */
    public boolean inDoubt() {
        return attempts - 1 > answered;
    }
}
