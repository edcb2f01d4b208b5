package io.aftercall.delivery;

import java.util.UUID;

/**
 * Something that has happened, without its words: those are read when they are sent.
 *
 * @param agentId who wrote the wrap-up; null if it is about none
 * @param interactionId that it is about; null if it is about none
 * @param followUpId null if it is about none
 * @param customerId whom it concerns; null if that is not known
 */
public record Event(EventType type, String agentId, String interactionId, UUID followUpId, String customerId) {

    /** Events with the same are sent one after the other, in the order in which they happened. */
    public String orderKey() {
        if (customerId != null) {
            return "customers/" + customerId;
        }
        if (followUpId != null) {
            return "follow-ups/" + followUpId;
        }
        return interactionId == null ? "" : "interactions/" + interactionId;
    }
}
