package io.aftercall.agent;

import io.aftercall.interaction.InteractionId;
import io.aftercall.interaction.InteractionPreview;
import java.util.Optional;

/**
 * What was told an agent does not come next after all.
 *
 * @param previewed only if it is this interaction; empty for any
 */
public record WithdrawPreview(AgentId agentId, Optional<InteractionId> previewed) implements Command {

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.empty();
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        if (!agent.state().seen()) {
            return agent.refused(Refusal.AGENT_NOT_FOUND);
        }
        InteractionPreview shown = agent.state().preview();
        if (shown == null || previewed.filter(id -> !id.equals(shown.id())).isPresent()) {
            return agent.done(Outcome.NOTHING_NEW);
        }
        agent.preview(null);
        return agent.done(Outcome.NONE);
    }
}
