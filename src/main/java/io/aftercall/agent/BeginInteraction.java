package io.aftercall.agent;

import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.policy.AcwInteractionAction;
import io.aftercall.policy.PolicyField;
import java.util.Comparator;
import java.util.Optional;

/**
 * Takes a slot of the interaction's channel, if the agent is routable. This is what makes "no call is delivered during
 * ACW" true when routers race.
 *
 * @param override begins although the agent is not routable
 */
public record BeginInteraction(AgentId agentId, Interaction interaction, boolean override) implements Command {

    /** Those that let others in come last, so that no step shows a gap. */
    private static final Comparator<OpenAcw> BLOCKING_LONGEST = Comparator.comparing(
                    (OpenAcw acw) -> acw.policy().get(PolicyField.ON_NEW_INTERACTION) == AcwInteractionAction.PAUSE)
            .thenComparing(OpenAcw.LONGEST_REST_FIRST);

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.of(interaction.id());
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        AgentState before = agent.state();
        if (before.interaction(interaction.id()).isPresent()) {
            return agent.done(Outcome.NONE);
        }
        boolean ended =
                settled.filter(outcome -> !(outcome instanceof EarlyCompletion)).isPresent();
        if (ended || before.acw(interaction.id()).isPresent()) {
            return agent.refused(Refusal.INTERACTION_ENDED);
        }
        agent.assumeAvailable();
        if (!override && !agent.state().routable(interaction.channel())) {
            return agent.refused(Refusal.AGENT_NOT_ROUTABLE);
        }
        agent.begin(interaction);
        before.acws().stream().sorted(BLOCKING_LONGEST).forEach(acw -> interrupt(agent, acw));
        return agent.done(Outcome.NONE);
    }

    private static void interrupt(Evolution agent, OpenAcw acw) {
        if (!acw.keepsAgent()) {
            return;
        }
        AcwInteractionAction action = acw.policy().get(PolicyField.ON_NEW_INTERACTION);
        if (action == AcwInteractionAction.PAUSE && !acw.paused()) {
            agent.replace(ChangeCause.ACW_PAUSED, acw.pause(agent.now()));
        } else if (action == AcwInteractionAction.END) {
            agent.end(acw, EndReason.INTERRUPTED, Optional.empty(), agent.actor(), agent.now());
        }
    }
}
