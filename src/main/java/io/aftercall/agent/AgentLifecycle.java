package io.aftercall.agent;

import io.aftercall.disposition.Dispositions;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.Policies;
import java.time.Instant;
import java.util.Optional;

/** The agent as a pure state machine. */
public final class AgentLifecycle {

    private AgentLifecycle() {}

    /**
     * Decides a command. What was due before it has happened before it: a deadline that has passed is over for every
     * command, whether or not a timer has come by. A refused command leaves even that to the timer.
     *
     * @param agent the agent as stored
     * @param settled what is settled about the agent's ACW for the command's interaction
     * @param paperwork what else is stored and matters
     * @param policies the rules that hold now
     * @param dispositions what may be chosen now
     */
    public static Decision decide(
            AgentState agent,
            Optional<SettledAcw> settled,
            Paperwork paperwork,
            Command command,
            Policies policies,
            Dispositions dispositions,
            Occasion occasion) {
        Evolution evolution = new Evolution(agent, paperwork, policies, dispositions, occasion);
        evolution.expireDue();
        Optional<SettledAcw> justSettled =
                command.interactionId().flatMap(evolution::settledAcw).or(() -> settled);
        return command.decide(evolution, justSettled);
    }

    /**
     * The agent as every reader sees it at a time: what was due has happened, also before it is stored. The version
     * stays that of the stored state.
     */
    public static AgentState asOf(AgentState agent, Instant now) {
        if (!agent.dueBy(now)) {
            return agent;
        }
        Evolution evolution = new Evolution(
                agent,
                Paperwork.NONE,
                any -> EffectivePolicy.DEFAULT,
                Dispositions.ANY,
                new Occasion(now, Occasion.SERVER));
        evolution.expireDue();
        return evolution.state().withVersion(agent.version());
    }
}
