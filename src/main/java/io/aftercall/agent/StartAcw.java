package io.aftercall.agent;

import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.policy.AcwInteractionAction;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.PolicyField;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The interaction has ended for the agent: frees its slot and opens the ACW that the policy asks for. Never refused;
 * the second one for an interaction changes nothing, also after the ACW has ended.
 *
 * @param acwId the id of the ACW, if one is opened
 */
public record StartAcw(AgentId agentId, Interaction interaction, UUID acwId) implements Command {

    @Override
    public Optional<InteractionId> interactionId() {
        return Optional.of(interaction.id());
    }

    @Override
    public Decision decide(Evolution agent, Optional<SettledAcw> settled) {
        Optional<AcwOutcome> first = agent.state()
                .acw(interaction.id())
                .<AcwOutcome>map(open -> open)
                .or(() -> settled.filter(outcome -> !(outcome instanceof EarlyCompletion)));
        if (first.isPresent()) {
            return agent.done(Outcome.replayed(first.get()));
        }
        Interaction ended = interaction.endedAfter(
                agent.state().interaction(interaction.id()).orElse(interaction), agent.now());
        Optional<EarlyCompletion> early = settled.map(EarlyCompletion.class::cast);
        agent.resumePaused(ended.id());
        EffectivePolicy policy = agent.policyFor(ended);
        boolean unannounced = agent.state().interaction(interaction.id()).isEmpty();
        List<OpenAcw> others = unannounced ? agent.state().acws() : List.of();
        AcwOutcome outcome = NotRequiredReason.of(ended, policy)
                .map(reason -> notRequired(agent, ended, policy, reason))
                .orElseGet(() -> started(agent, ended, policy, early));
        if (unannounced && agent.state().preview() != null) {
            agent.preview(null);
        }
        others.stream().sorted(OpenAcw.LONGEST_REST_FIRST).forEach(other -> interrupt(agent, other, ended));
        return agent.done(Outcome.of(outcome));
    }

    /** Nobody said that the interaction began, so it is only now that it interrupts what was open meanwhile. */
    private static void interrupt(Evolution agent, OpenAcw acw, Interaction unannounced) {
        AcwInteractionAction action =
                acw.keepsAgent() ? acw.policy().get(PolicyField.ON_NEW_INTERACTION) : AcwInteractionAction.KEEP_RUNNING;
        switch (action) {
            case KEEP_RUNNING -> {}
            case END -> agent.end(acw, EndReason.INTERRUPTED, Optional.empty(), agent.actor(), agent.now());
            case PAUSE -> {
                Duration meanwhile = unannounced.talkedBetween(acw.startTime(), agent.now());
                if (acw.deadline() != null && !meanwhile.isZero()) {
                    agent.replace(ChangeCause.ACW_RESUMED, acw.postpone(meanwhile));
                }
            }
        }
    }

    private static AcwOutcome notRequired(
            Evolution agent, Interaction ended, EffectivePolicy policy, NotRequiredReason reason) {
        AcwNotRequired none = new AcwNotRequired(
                agent.state().agentId(),
                agent.state().profile().teamId(),
                ended,
                reason,
                agent.now(),
                agent.now().plus(policy.get(PolicyField.LATE_COMPLETION)));
        agent.settle(none);
        agent.wrapUps().conclude(none, Optional.empty(), agent.actor(), agent.now());
        agent.registerAs(PresenceSetting.AVAILABLE);
        agent.leave(ended);
        return none;
    }

    private AcwOutcome started(
            Evolution agent, Interaction ended, EffectivePolicy policy, Optional<EarlyCompletion> early) {
        OpenAcw acw = OpenAcw.start(acwId, ended, policy, agent.now());
        agent.assumeAvailable();
        agent.open(acw);
        return early.<AcwOutcome>map(kept -> agent.end(acw, kept)).orElse(acw);
    }
}
