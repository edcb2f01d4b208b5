package io.aftercall.followup;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that was promised to a customer.
 *
 * @param holderId the agent who is reminded: the assignee if that is an agent, otherwise the one who gave it away
 * @param interactionId in which it was promised; null if in none
 * @param revision counts how often it was written, from 1
 * @param remindTime when the holder was reminded; null if that is to come
 */
public record FollowUp(
        UUID id,
        FollowUpDetails details,
        FollowUpState state,
        String holderId,
        String interactionId,
        int revision,
        Stamp created,
        Stamp updated,
        Instant remindTime) {

    /** When something was done, and by whom. */
    public record Stamp(Instant time, String by) {}

    public String etag() {
        return Integer.toString(revision);
    }

    public boolean awaitsReminder() {
        return state == FollowUpState.OPEN && remindTime == null;
    }

    /** This once its holder has been reminded, which is no revision of it. */
    public FollowUp reminded(Instant at) {
        return new FollowUp(id, details, state, holderId, interactionId, revision, created, updated, at);
    }

    /** Another revision. Who is given it, or another time for it, is reminded again. */
    public FollowUp revised(FollowUpDetails other, FollowUpState otherState, String otherHolder, Stamp stamp) {
        boolean anew = !other.dueTime().equals(details.dueTime()) || !otherHolder.equals(holderId);
        return new FollowUp(
                id,
                other,
                otherState,
                otherHolder,
                interactionId,
                revision + 1,
                created,
                stamp,
                anew ? null : remindTime);
    }
}
