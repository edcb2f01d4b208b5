package io.aftercall.agent;

import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import java.time.Instant;
import java.util.Optional;

/**
 * An interaction ended and the policy asked for no ACW.
 *
 * @param teamId the team that the agent was in; null for none
 * @param time when that was decided
 * @param writableUntil until when the agent may write up all the same
 */
public record AcwNotRequired(
        AgentId agentId,
        String teamId,
        Interaction interaction,
        NotRequiredReason reason,
        Instant time,
        Instant writableUntil)
        implements SettledAcw {

    @Override
    public InteractionId interactionId() {
        return interaction.id();
    }

    @Override
    public Optional<Interaction> reported() {
        return Optional.of(interaction);
    }

    @Override
    public Optional<Instant> editableUntil() {
        return Optional.of(writableUntil);
    }
}
