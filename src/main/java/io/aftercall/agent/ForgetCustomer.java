package io.aftercall.agent;

import io.aftercall.interaction.InteractionId;
import java.util.Optional;

/** A customer is erased: what the agent is in goes on, and what comes next stays, without naming him. */
public record ForgetCustomer(AgentId agentId, String customerId) implements Command {

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.empty();
    }

    /** How many interactions of an agent, live or in their ACW, name him. */
    public int of(AgentState agent) {
        return (int) agent.ongoing()
                .filter(interaction -> customerId.equals(interaction.customerId()))
                .count();
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        int named = of(agent.state());
        agent.forget(customerId);
        return agent.done(Outcome.touched(named));
    }
}
