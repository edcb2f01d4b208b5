package io.aftercall.agent;

import io.aftercall.interaction.InteractionId;
import java.util.Optional;

/**
 * An administrator removes an agent. What is settled about the agent's ACWs stays. One who is seen again later begins
 * anew, with version 1.
 *
 * @param forced ends what the agent is in; otherwise an agent who works is not removed
 */
public record DeleteAgent(AgentId agentId, boolean forced) implements Command {

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.empty();
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        if (!agent.state().seen()) {
            return agent.refused(Refusal.AGENT_NOT_FOUND);
        }
        if (agent.state().working() && !forced) {
            return agent.refused(Refusal.AGENT_WORKING);
        }
        agent.state()
                .acws()
                .forEach(acw -> agent.end(acw, EndReason.FORCED, Optional.empty(), agent.actor(), agent.now()));
        agent.delete();
        return agent.done(Outcome.NONE);
    }
}
