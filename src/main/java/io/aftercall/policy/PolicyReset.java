package io.aftercall.policy;

import java.util.Set;

/**
 * With the change of a policy, some rules are cleared in every narrower one.
 *
 * @param by the policy whose change it is
 * @param fields the rules that are cleared
 * @param agentIds with scope TEAM, the agents of the team who had a policy then; empty with every other scope
 */
public record PolicyReset(PolicyKey by, Set<PolicyField<?>> fields, Set<String> agentIds) {

    public PolicyReset {
        fields = Set.copyOf(fields);
        agentIds = Set.copyOf(agentIds);
    }

    /**
     * Whether a policy is narrower: it is for nothing that the other one is not for, too. An agent's policy, which holds
     * for all queues, is not narrower than that of a queue.
     */
    public boolean covers(PolicyKey other) {
        boolean sameOwner = other.scope() == by.scope() && other.scopeId().equals(by.scopeId());
        boolean within = by.scope() == PolicyScope.TENANT
                || sameOwner
                || by.scope() == PolicyScope.TEAM
                        && other.scope() == PolicyScope.AGENT
                        && agentIds.contains(other.scopeId());
        return within
                && !other.equals(by)
                && (by.channel() == null || by.channel() == other.channel())
                && (by.direction() == null || by.direction() == other.direction());
    }

    /** What is left of the rules of a policy that it covers. */
    public PolicyRules clear(PolicyRules rules) {
        PolicyRules left = rules;
        for (PolicyField<?> field : fields) {
            left = left.with(field, PolicyRules.NONE);
        }
        return left;
    }
}
