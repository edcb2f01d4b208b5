package io.aftercall.agent;

import io.aftercall.followup.FollowUp;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.StoredWrapUp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is stored about an agent beside his state, as far as a command needs it.
 *
 * @param wrapUps the agent's drafts, and what was written about the command's interaction if that is settled
 * @param followUps those that the command names
 * @param reminders for a timer, and for an agent who is new: of the agent's follow-ups of which he has not been reminded,
 *     those that are due first, {@link #REMINDERS} at most; empty if they have not been read
 */
public record Paperwork(
        Map<InteractionId, StoredWrapUp> wrapUps, Map<UUID, FollowUp> followUps, Optional<List<FollowUp>> reminders) {

    public static final int REMINDERS = 20;

    public static final Paperwork NONE = new Paperwork(Map.of(), Map.of(), Optional.empty());
}
