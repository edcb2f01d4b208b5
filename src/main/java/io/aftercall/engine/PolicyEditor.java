package io.aftercall.engine;

import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRules;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Changes policies, as a whole or not at all. */
public final class PolicyEditor {

    private final PolicyStore store;

    public PolicyEditor(PolicyStore store) {
        this.store = store;
    }

    /** The policy changed since the caller read it. */
    public static final class StaleEtag extends RuntimeException {
        private final transient PolicyKey key;

        StaleEtag(PolicyKey key) {
            super("The policy has changed", null, false, false);
            this.key = key;
        }

        public PolicyKey key() {
            return key;
        }
    }

    /** There is no such policy. */
    public static final class PolicyNotFound extends RuntimeException {
        private final transient PolicyKey key;

        PolicyNotFound(PolicyKey key) {
            super("There is no such policy", null, false, false);
            this.key = key;
        }

        public PolicyKey key() {
            return key;
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

    /**
     * Sets some rules of a policy, which is created if there is none.
     *
     * @param fields the rules to set; one without a value in {@code rules} becomes inherited again
     * @param etag the version that the caller has seen; empty for whichever there is
     * @return the policy afterwards; fails with {@link StaleEtag} or {@link InvalidPolicy}
     */
    public CompletionStage<AcwPolicy> update(
            TenantId tenant,
            PolicyKey key,
            PolicyRules rules,
            Collection<PolicyField<?>> fields,
            Optional<String> etag,
            String actor) {
        return store.change(tenant, key, actor, current -> {
            requireFresh(key, current, etag);
            PolicyRules changed = current.map(AcwPolicy::rules).orElse(PolicyRules.NONE);
            for (PolicyField<?> field : fields) {
                changed = changed.with(field, rules);
            }
            Map<String, String> violations = AcwPolicy.violations(key, changed);
            if (!violations.isEmpty()) {
                throw new InvalidPolicy(violations);
            }
            return Optional.of(changed);
        });
    }

    /**
     * Removes a policy.
     *
     * @return the tenant's revision; fails with {@link PolicyNotFound} or {@link StaleEtag}
     */
    public CompletionStage<Long> delete(TenantId tenant, PolicyKey key, Optional<String> etag, String actor) {
        return store.change(tenant, key, actor, current -> {
                    if (current.isEmpty()) {
                        throw new PolicyNotFound(key);
                    }
                    requireFresh(key, current, etag);
                    return Optional.empty();
                })
                .thenApply(AcwPolicy::revision);
    }

    /** The policy of a scope; fails with {@link PolicyNotFound}. */
    public CompletionStage<AcwPolicy> get(TenantId tenant, PolicyKey key) {
        return store.get(tenant, key).thenApply(found -> found.orElseThrow(() -> new PolicyNotFound(key)));
    }

    private static void requireFresh(PolicyKey key, Optional<AcwPolicy> current, Optional<String> etag) {
        if (etag.isPresent() && !etag.equals(current.map(AcwPolicy::etag))) {
            throw new StaleEtag(key);
        }
    }
}
