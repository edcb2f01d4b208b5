package io.aftercall.agent;

import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import java.time.Instant;
import java.util.Optional;

/**
 * CompleteAcw came before StartAcw, because events overtake each other; it is kept and wins when StartAcw comes.
 *
 * @param time when it came
 * @param completedBy who sent it
 */
public record EarlyCompletion(AgentId agentId, InteractionId interactionId, Instant time, String completedBy)
        implements SettledAcw {

    @Override
    public Optional<Interaction> reported() {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> editableUntil() {
        return Optional.empty();
    }
}
