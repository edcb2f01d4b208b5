package io.aftercall.agent;

import io.aftercall.interaction.InteractionId;
import java.util.UUID;

/**
 * One step of an agent.
 *
 * @param state the agent afterwards
 * @param previousStatus the status before
 * @param actor who did it
 * @param interactionId the interaction that it is about, or whose ACW it is about; null if neither
 * @param acwId the ACW that it is about; null if none
 * @param endReason why that ACW ended; null unless it did
 * @param followUpId the follow-up that the agent is reminded of; null unless he is
 */
public record StateChange(
        ChangeCause cause,
        AgentState state,
        AgentStatus previousStatus,
        String actor,
        InteractionId interactionId,
        UUID acwId,
        EndReason endReason,
        UUID followUpId) {

    /** Whether the agent is no more; then the state is the last that it had. */
    public boolean deletes() {
        return cause == ChangeCause.AGENT_DELETED;
    }
}
