package io.aftercall.policy;

import io.aftercall.interaction.Identifier;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which policy: at most one for each scope and id.
 *
 * @param scopeId the agent's id with scope AGENT, empty with scope TENANT
 */
public record PolicyKey(PolicyScope scope, String scopeId) implements Comparable<PolicyKey> {

    public static final PolicyKey TENANT = new PolicyKey(PolicyScope.TENANT, "");

    private static final Comparator<PolicyKey> ORDER =
            Comparator.comparing(PolicyKey::scope).thenComparing(PolicyKey::scopeId);

    public static PolicyKey agent(String agentId) {
        return new PolicyKey(PolicyScope.AGENT, agentId);
    }

    /** Says what is wrong with an id in this scope; empty if nothing is. */
    public static Optional<String> scopeIdViolation(PolicyScope scope, String scopeId) {
        if (scope == PolicyScope.TENANT) {
            return scopeId.isEmpty() ? Optional.empty() : Optional.of("must be empty with scope TENANT");
        }
        return Identifier.violation(scopeId);
    }

    @Override
    public int compareTo(PolicyKey other) {
        return ORDER.compare(this, other);
    }
}
