package io.aftercall.agent;

import io.aftercall.interaction.InteractionId;
import io.aftercall.interaction.InteractionPreview;
import java.util.Optional;

/** A router tells an agent in ACW what comes next, in the place of what it told before. */
public record OfferPreview(AgentId agentId, InteractionPreview preview) implements Command {

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.empty();
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        if (!agent.state().seen()) {
            return agent.refused(Refusal.AGENT_NOT_FOUND);
        }
        boolean away = agent.state().presence().presence() != Presence.AVAILABLE
                || agent.state().nextPresence() != null
                        && agent.state().nextPresence().presence() != Presence.AVAILABLE;
        if (agent.state().acws().isEmpty() || away) {
            return agent.refused(Refusal.AGENT_NOT_IN_ACW);
        }
        if (preview.equals(agent.state().preview())) {
            return agent.done(Outcome.NOTHING_NEW);
        }
        agent.preview(preview);
        return agent.done(Outcome.NONE);
    }
}
