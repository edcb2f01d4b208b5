package io.aftercall.engine;

import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyChange;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyReset;
import io.aftercall.policy.PolicyRules;
import io.aftercall.policy.PolicyScope;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Sets some rules of a policy, which is created if there is none and removed if it sets none any more.
 *
 * @param fields the rules to set; one without a value in {@code rules} becomes inherited again
 * @param etag the version that the caller has seen; empty for whichever there is
 * @param resetNarrower clears the same rules in every narrower policy
 */
public record PolicyUpdate(
        PolicyKey key,
        PolicyRules rules,
        Collection<PolicyField<?>> fields,
        Optional<String> etag,
        boolean resetNarrower) {

    /**
     * What this does to the policies as they are.
     *
     * @param inTeam whether an agent is of the team that the policy is for
     * @throws StaleEtag if the caller has seen another version
     * @throws InvalidPolicy if the rules would be bad
     */
    public PolicyChange on(PolicyCascade policies, Predicate<String> inTeam) {
        Optional<AcwPolicy> current = policies.policy(key);
        StaleEtag.throwUnless(key, current, etag);
        PolicyRules before = current.map(AcwPolicy::rules).orElse(PolicyRules.NONE);
        PolicyRules after = before;
        for (PolicyField<?> field : fields) {
            after = after.with(field, rules);
        }
        Map<String, String> violations = AcwPolicy.violations(key, after);
        if (!violations.isEmpty()) {
            throw new InvalidPolicy(violations);
        }
        PolicyChange change = PolicyChange.of(key, before, after);
        if (!resetNarrower) {
            return change;
        }
        PolicyReset reset = new PolicyReset(key, Set.copyOf(fields), members(policies, inTeam));
        return change.resetting(reset, (int) policies.clearedBy(reset).count());
    }

    private Set<String> members(PolicyCascade policies, Predicate<String> inTeam) {
        return key.scope() != PolicyScope.TEAM
                ? Set.of()
                : policies.scopeIds(PolicyScope.AGENT).stream().filter(inTeam).collect(Collectors.toSet());
    }

    /** The policy changed since the caller read it. */
    public static final class StaleEtag extends RuntimeException {
        /** What a caller has seen who has seen that there is no policy. */
        private static final String NONE = "none";

        private final transient PolicyKey key;

        private StaleEtag(PolicyKey key) {
            super("The policy has changed", null, false, false);
            this.key = key;
        }

        public PolicyKey key() {
            return key;
        }

        /**
         * @throws StaleEtag if a caller has seen another version than the current one
         */
        public static void throwUnless(PolicyKey key, Optional<AcwPolicy> current, Optional<String> etag) {
            String now = current.map(AcwPolicy::etag).orElse(NONE);
            if (etag.filter(seen -> !seen.equals(now)).isPresent()) {
                throw new StaleEtag(key);
            }
        }
    }

    /** The policy's rules are bad; says which and why. */
    public static final class InvalidPolicy extends RuntimeException {

        private final transient Map<String, String> violations;

        InvalidPolicy(Map<String, String> violations) {
            super("The policy is invalid", null, false, false);
            this.violations = violations;
        }

        /** What is wrong, by name of the field. */
        public Map<String, String> violations() {
            return violations;
        }
    }
}
