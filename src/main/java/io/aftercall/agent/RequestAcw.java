package io.aftercall.agent;

import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import java.util.Optional;

/**
 * The agent wants ACW after the interaction that he is in: in mode AGENT_REQUESTED there is none otherwise, and in mode
 * TIMED it begins with one extension, if the policy allows any.
 */
public record RequestAcw(AgentId agentId, InteractionId interaction) implements Command {

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.of(interaction);
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        if (!agent.state().seen()) {
            return agent.refused(Refusal.AGENT_NOT_FOUND);
        }
        Optional<Interaction> live = agent.state().interaction(interaction);
        if (live.isEmpty()) {
            return agent.refused(Refusal.INTERACTION_NOT_LIVE);
        }
        if (live.get().acwRequested()) {
            return agent.done(Outcome.NOTHING_NEW);
        }
        agent.request(live.get());
        return agent.done(Outcome.NONE);
    }
}
