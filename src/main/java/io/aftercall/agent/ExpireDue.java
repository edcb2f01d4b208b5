package io.aftercall.agent;

import io.aftercall.interaction.InteractionId;
import java.util.Optional;

/** A timer: lets happen what is due. Changes nothing if the deadline moved or somebody was faster. */
public record ExpireDue(AgentId agentId) implements Command {

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.empty();
    }

    @Override
    public boolean timer() {
        return true;
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        agent.followUps().remind();
        return agent.done(Outcome.NONE);
    }
}
