package io.aftercall.agent;

import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.WrapUp;
import java.time.Instant;
import java.util.Optional;

/**
 * An interaction ended and the policy asked for no ACW.
 *
 * @param time when that was decided
 * @param editableUntil until when the agent may write up all the same
 */
public record AcwNotRequired(
        AgentId agentId,
        Interaction interaction,
        NotRequiredReason reason,
        Instant time,
        Instant editableUntil,
        Optional<WrapUp> wrapUp,
        int wrapUpRevision)
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
    public boolean editableAt(Instant now) {
        return now.isBefore(editableUntil);
    }

    @Override
    public AcwNotRequired edited(WrapUp edit) {
        return new AcwNotRequired(
                agentId, interaction, reason, time, editableUntil, Optional.of(edit), wrapUpRevision + 1);
    }
}
