package io.aftercall.agent;

import io.aftercall.interaction.InteractionId;
import io.aftercall.policy.AcwPressureAction;
import io.aftercall.policy.PolicyField;
import java.util.Optional;

/**
 * Moves the deadline of an open ACW.
 *
 * @param granted by a supervisor: once more than the policy allows, in every mode that has a deadline, also while the
 *     clock stands
 */
public record ExtendAcw(AgentId agentId, InteractionId interaction, boolean granted) implements Command {

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.of(interaction);
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        if (!agent.state().seen()) {
            return agent.refused(Refusal.AGENT_NOT_FOUND);
        }
        Optional<OpenAcw> open = agent.state().acw(interaction);
        if (open.isEmpty()) {
            boolean ended = settled.filter(EndedAcw.class::isInstance).isPresent();
            return agent.refused(ended ? Refusal.ACW_ENDED : Refusal.ACW_NOT_FOUND);
        }
        OpenAcw acw = open.get();
        if (granted ? !acw.mode().hasDeadline() : !acw.extendable() || acw.paused()) {
            return agent.refused(Refusal.EXTENSION_NOT_ALLOWED);
        }
        if (acw.extensionsLeft() == 0 && !granted) {
            return agent.refused(Refusal.EXTENSIONS_EXHAUSTED);
        }
        boolean refusable = acw.policy().get(PolicyField.ON_PRESSURE) != AcwPressureAction.IGNORE;
        if (!granted && refusable && agent.policyFor(acw.interaction()).underPressure()) {
            return agent.refused(Refusal.QUEUE_UNDER_PRESSURE);
        }
        OpenAcw extended = acw.extend();
        agent.replace(ChangeCause.ACW_EXTENDED, extended);
        return agent.done(Outcome.of(extended));
    }
}
