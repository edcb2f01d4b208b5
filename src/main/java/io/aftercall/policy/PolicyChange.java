package io.aftercall.policy;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a change does to policies.
 *
 * @param before the policy's rules; {@link PolicyRules#NONE} if there was none
 * @param after {@link PolicyRules#NONE} if there is none any more
 * @param reset what it clears in narrower policies; empty if nothing
 * @param resetCount in how many policies
 * @param affectedAgents for how many agents known then a rule changes
 * @param takenBack the revisions whose resets no longer hold
 * @param rolledBackTo the revision that the policy is taken back to; empty for any other change
 */
public record PolicyChange(
        PolicyKey key,
        PolicyRules before,
        PolicyRules after,
        Optional<PolicyReset> reset,
        int resetCount,
        int affectedAgents,
        Set<Long> takenBack,
        OptionalLong rolledBackTo) {

    public PolicyChange {
        takenBack = Set.copyOf(takenBack);
    }

    /** One that only changes the policy itself. */
    public static PolicyChange of(PolicyKey key, PolicyRules before, PolicyRules after) {
        return new PolicyChange(key, before, after, Optional.empty(), 0, 0, Set.of(), OptionalLong.empty());
    }

    /** Whether it clears rules in narrower policies, or takes that back. */
    public boolean reachesOthers() {
        return reset.isPresent() || !takenBack.isEmpty();
    }

    /** This, with the same rules cleared in narrower policies. */
    public PolicyChange resetting(PolicyReset narrower, int policies) {
        return new PolicyChange(
                key, before, after, Optional.of(narrower), policies, affectedAgents, takenBack, rolledBackTo);
    }

    public PolicyChange affecting(int agents) {
        return new PolicyChange(key, before, after, reset, resetCount, agents, takenBack, rolledBackTo);
    }

    /** This, as the way back to a revision. */
    public PolicyChange rollingBackTo(long revision, Set<Long> resets) {
        return new PolicyChange(
                key, before, after, reset, resetCount, affectedAgents, resets, OptionalLong.of(revision));
    }
}
