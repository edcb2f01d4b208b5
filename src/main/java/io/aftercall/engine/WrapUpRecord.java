package io.aftercall.engine;

import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import io.aftercall.wrapup.StoredWrapUp;
import java.time.Instant;

/**
 * A wrap-up with what it is found by.
 *
 * @param channel null, like what follows, as long as the interaction has not been reported
 * @param direction null if the router did not say
 * @param queueId null for a direct call
 * @param customerId null if unknown
 * @param teamId the agent's team at that time; null for none
 * @param interactionTime when the interaction took place
 */
public record WrapUpRecord(
        AcwKey key,
        Channel channel,
        Direction direction,
        String queueId,
        String customerId,
        String teamId,
        Instant interactionTime,
        StoredWrapUp wrapUp) {

    /** Its place among those that are listed by the time of the interaction. */
    public WrapUpArchive.Place place() {
        return new WrapUpArchive.Place(
                interactionTime, key.agentId().value(), key.interactionId().value());
    }

    /** Its place among those that are listed by the time until which they can be edited. */
    public WrapUpArchive.Place deadline() {
        return new WrapUpArchive.Place(
                wrapUp.version().editableUntil(),
                key.agentId().value(),
                key.interactionId().value());
    }
}
