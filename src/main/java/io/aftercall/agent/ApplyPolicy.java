package io.aftercall.agent;

import io.aftercall.interaction.InteractionId;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A supervisor changed a policy and wants it to hold for open ACWs, too: those that the policy is for get the rules that
 * hold now. Deadlines move by as much as the duration has changed; one that would be past ends the ACW now.
 */
public record ApplyPolicy(AgentId agentId, PolicyKey key) implements Command {

    /** Those that keep more from the agent come first, so that no step shows a gap. */
    private static final Comparator<OpenAcw> KEEPING_MOST = Comparator.comparing(OpenAcw::blocksAll)
            .thenComparing(OpenAcw::keepsAgent)
            .reversed();

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.empty();
    }

    /** The ACWs of an agent that the policy is for. */
    public List<OpenAcw> of(AgentState agent) {
        return agent.acws().stream()
                .filter(acw -> key.holdsFor(agent.policyContext(acw.interaction())))
                .toList();
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        List<OpenAcw> ending = new ArrayList<>();
        List<OpenAcw> staying = new ArrayList<>();
        for (OpenAcw acw : of(agent.state())) {
            EffectivePolicy policy = agent.policyFor(acw.interaction());
            boolean off = policy.get(PolicyField.MODE) == AcwMode.OFF;
            OpenAcw changed = off ? acw : acw.under(policy, agent.now());
            if (off || !changed.endsBy().isAfter(agent.now())) {
                ending.add(changed);
            } else if (!policy.rules().equals(acw.policy())) {
                staying.add(changed);
            }
        }
        ending.stream().sorted(OpenAcw.LONGEST_REST_FIRST).forEach(acw -> end(agent, acw));
        staying.stream().sorted(KEEPING_MOST).forEach(acw -> agent.replace(ChangeCause.POLICY_APPLIED, acw));
        return agent.done(Outcome.touched(ending.size() + staying.size()));
    }

    private static void end(Evolution agent, OpenAcw acw) {
        if (agent.policyFor(acw.interaction()).get(PolicyField.MODE) == AcwMode.OFF) {
            agent.end(acw, EndReason.POLICY_DISABLED, Optional.empty(), agent.actor(), agent.now());
        } else {
            agent.timeOut(acw, agent.now());
        }
    }
}
