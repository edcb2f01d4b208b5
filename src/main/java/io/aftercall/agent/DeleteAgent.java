package io.aftercall.agent;

import io.aftercall.interaction.InteractionId;
import java.util.Optional;

/**
 * An administrator removes an agent. What is settled about the agent's ACWs stays, and so does what the agent promised.
 * One who is seen again later begins anew, with version 1, and is reminded of that.
 *
 * @param forceReason why what the agent is in is ended; null: an agent who is in something is not removed
 */
public record DeleteAgent(AgentId agentId, String forceReason) implements Command {

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.empty();
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        if (!agent.state().seen()) {
            return agent.refused(Refusal.AGENT_NOT_FOUND);
        }
        boolean idle =
                agent.state().interactions().isEmpty() && agent.state().acws().isEmpty();
        if (!idle && forceReason == null) {
            return agent.refused(Refusal.AGENT_WORKING);
        }
        agent.state().acws().forEach(acw -> agent.force(acw, forceReason, Optional.empty()));
        agent.state().interactions().forEach(agent::abandon);
        agent.delete();
        return agent.done(Outcome.NONE);
    }
}
