package io.aftercall.agent;

import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.policy.DispositionRequirement;
import io.aftercall.policy.PolicyField;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An ACW that has ended.
 *
 * @param teamId the team that the agent was in; null for none
 * @param work as it was at the end
 * @param endTime when it ended; its deadline if it timed out
 * @param endedBy who ended it
 * @param forceReason why a supervisor ended it; null if none did
 */
public record EndedAcw(
        AgentId agentId,
        String teamId,
        OpenAcw work,
        Instant endTime,
        EndReason reason,
        String endedBy,
        String forceReason)
        implements SettledAcw {

    /** When its clock stood, the earliest first. */
    public List<OpenAcw.Paused> pauses() {
        return work.pausesUntil(endTime);
    }

    /** For how long its clock ran. */
    public Duration worked() {
        return work.worked(endTime);
    }

    @Override
    public InteractionId interactionId() {
        return work.interactionId();
    }

    @Override
    public Optional<Interaction> reported() {
        return Optional.of(work.interaction());
    }

    @Override
    public Optional<Instant> editableUntil() {
        return Optional.of(endTime.plus(work.policy().get(PolicyField.LATE_COMPLETION)));
    }

    @Override
    public boolean requiresDisposition() {
        return work.policy().get(PolicyField.DISPOSITION) == DispositionRequirement.REQUIRED;
    }
}
