package io.aftercall.interaction;

import java.time.Instant;

/**
 * What a router says about an agent's next interaction, while he is still at work with the one before. Whatever the
 * router does not say is null.
 *
 * @param id the interaction, if it is there already
 * @param reason why the customer comes, as far as the router knows
 * @param expectedTime when it is going to be offered
 */
public record InteractionPreview(
        InteractionId id,
        Channel channel,
        Direction direction,
        String queueId,
        String customerId,
        String reason,
        Instant expectedTime) {

    /** The same with nobody, if it is with this customer; why he comes is about him, too. */
    public InteractionPreview without(String customer) {
        return customer.equals(customerId)
                ? new InteractionPreview(id, channel, direction, queueId, null, null, expectedTime)
                : this;
    }
}
