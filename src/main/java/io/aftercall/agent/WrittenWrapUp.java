package io.aftercall.agent;

import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.StoredWrapUp;
import java.time.Instant;
import java.util.Optional;

/**
 * A wrap-up that a command has written, with what it is found by later.
 *
 * @param about the interaction, as far as it has been reported
 * @param teamId the agent's team at that time; null for none
 * @param replaced what stood there before
 */
public record WrittenWrapUp(
        AgentId agentId,
        InteractionId interactionId,
        Optional<Interaction> about,
        String teamId,
        StoredWrapUp wrapUp,
        Optional<StoredWrapUp> replaced) {

    /** When the interaction took place, or as long as that is not known, when it was written about. */
    public Instant time() {
        return about.flatMap(Interaction::time).orElseGet(() -> wrapUp.version().writeTime());
    }

    /** Whether what stood before is a revision of its own, and not the same in another status. */
    public boolean revises() {
        return replaced.filter(
                        before -> before.version().revision() < wrapUp.version().revision())
                .isPresent();
    }
}
