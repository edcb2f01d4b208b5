package io.aftercall.agent;

import io.aftercall.interaction.InteractionId;
import io.aftercall.policy.AcwLogoutAction;
import io.aftercall.policy.PolicyField;
import java.util.Optional;

/** The agent declares a presence: at once, or during work for when the work ends. */
public record SetPresence(AgentId agentId, PresenceSetting presence) implements Command {

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.empty();
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        agent.registerAs(presence);
        agent.declare(presence);
        if (presence.presence() == Presence.OFFLINE) {
            agent.state().acws().stream()
                    .filter(acw -> acw.policy().get(PolicyField.ON_LOGOUT) == AcwLogoutAction.END)
                    .forEach(acw -> agent.end(acw, EndReason.LOGGED_OUT, Optional.empty(), agent.actor(), agent.now()));
        }
        return agent.done(Outcome.presence(agent.state().nextPresence() != null));
    }
}
