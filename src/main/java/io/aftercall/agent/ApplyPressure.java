package io.aftercall.agent;

import io.aftercall.interaction.InteractionId;
import io.aftercall.policy.AcwPressureAction;
import io.aftercall.policy.PolicyField;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A queue has come under pressure: its open ACWs shrink to the guaranteed minimum where their policy says so, but not to
 * less than the warning before the end. Changes nothing if the pressure is over.
 */
public record ApplyPressure(AgentId agentId, String queueId) implements Command {

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.empty();
    }

    /** The ACWs of an agent that may shrink. */
    private List<OpenAcw> of(AgentState agent) {
        return agent.acws().stream()
                .filter(acw -> queueId.equals(acw.interaction().queueId()))
                .filter(acw ->
                        acw.keepsAgent() && acw.policy().get(PolicyField.ON_PRESSURE) == AcwPressureAction.SHRINK)
                .toList();
    }

    /** Those that would, were it now. */
    public List<OpenAcw> shrinking(AgentState agent, Instant now) {
        return of(agent).stream().filter(acw -> !acw.shrink(now).equals(acw)).toList();
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        int shrunk = 0;
        for (OpenAcw acw : of(agent.state())) {
            OpenAcw shorter = acw.shrink(agent.now());
            if (!shorter.equals(acw) && agent.policyFor(acw.interaction()).underPressure()) {
                agent.replace(ChangeCause.ACW_SHORTENED, shorter);
                shrunk++;
            }
        }
        return agent.done(Outcome.touched(shrunk));
    }
}
