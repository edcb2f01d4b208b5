package io.aftercall.forecast;

import io.aftercall.agent.AcwNotRequired;
import io.aftercall.agent.EndedAcw;
import io.aftercall.agent.NotRequiredReason;
import io.aftercall.agent.SettledAcw;
import io.aftercall.interaction.Interaction;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.Policies;
import io.aftercall.policy.PolicyContext;
import io.aftercall.policy.PolicyField;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Replays recorded ACWs under other policies. Used by one thread at a time. */
public final class PolicySimulation {

    private final Policies policies;
    private final UnaryOperator<String> teams;
    private final SimulatedQueue total = new SimulatedQueue();
    private final Map<String, SimulatedQueue> queues = new HashMap<>();
    private long replayed;

    /**
     * @param teams from an agent's id to the team's; to null for none
     */
    public PolicySimulation(Policies policies, UnaryOperator<String> teams) {
        this.policies = policies;
        this.teams = teams;
    }

    /** How many have been replayed, and interactions after which there was no ACW. */
    public long replayed() {
        return replayed;
    }

    /** Replays one; a completion whose ACW never started says nothing. */
    public void replay(SettledAcw settled) {
        if (settled instanceof EndedAcw ended) {
            replayed++;
            replay(ended);
        } else if (settled instanceof AcwNotRequired none) {
            replayed++;
            replay(none);
        }
    }

    private void replay(EndedAcw ended) {
        Interaction interaction = ended.work().interaction();
        SimulatedQueue queue = queue(interaction);
        Replay replay = new Replay(ended);
        Duration kept = ended.work().keepsAgent() ? replay.work() : Duration.ZERO;
        both(queue, one -> one.happened(kept, replay.rest(), replay.timedOut()));
        EffectivePolicy policy = policy(ended, interaction);
        if (NotRequiredReason.of(interaction, policy).isEmpty()) {
            Replay.Outcome outcome = replay.under(policy.rules());
            both(queue, one -> one.wouldHaveHappened(outcome));
        }
    }

    private void replay(AcwNotRequired none) {
        EffectivePolicy policy = policy(none, none.interaction());
        if (NotRequiredReason.of(none.interaction(), policy).isEmpty()) {
            Duration atMost = policy.get(
                    policy.get(PolicyField.MODE).hasDeadline() ? PolicyField.DURATION : PolicyField.MAX_DURATION_CAP);
            Duration rest = policy.get(PolicyField.REST_DURATION);
            both(queue(none.interaction()), one -> one.wouldHaveBeenAdded(atMost, rest));
        }
    }

    private void both(SimulatedQueue queue, java.util.function.Consumer<SimulatedQueue> found) {
        found.accept(queue);
        found.accept(total);
    }

    public SimulationResult result() {
        SortedMap<String, SimulationResult.Figures> byQueue = new TreeMap<>();
        queues.forEach((id, queue) -> byQueue.put(id, queue.figures(total)));
        SimulationResult.Figures all =
                byQueue.values().stream().reduce(SimulationResult.Figures.NONE, SimulationResult.Figures::plus);
        return new SimulationResult(all, byQueue);
    }

    private EffectivePolicy policy(SettledAcw settled, Interaction interaction) {
        String agentId = settled.agentId().value();
        return policies.effective(new PolicyContext(
                agentId, teams.apply(agentId), interaction.queueId(), interaction.channel(), interaction.direction()));
    }

    private SimulatedQueue queue(Interaction interaction) {
        String id = interaction.queueId() == null ? "" : interaction.queueId();
        return queues.computeIfAbsent(id, any -> new SimulatedQueue());
    }
}
