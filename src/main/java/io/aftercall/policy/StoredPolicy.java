package io.aftercall.policy;

import java.util.List;
import java.util.Optional;

/**
 * A policy as it was last set. What later resets have left of it is worked out when somebody asks, as a reset may clear
 * thousands of policies and commands wait for it. Any thread reads.
 */
final class StoredPolicy {

    private final AcwPolicy stored;
    private volatile Left lastAsked;

    /** What is left of it after some resets. */
    private record Left(List<PolicyRevision> resets, AcwPolicy policy) {}

    StoredPolicy(AcwPolicy stored) {
        this.stored = stored;
    }

    PolicyKey key() {
        return stored.key();
    }

    /**
     * What is left of it.
     *
     * @param resets those that hold, in the order of revisions
     * @return empty if it sets no rule any more
     */
    Optional<AcwPolicy> after(List<PolicyRevision> resets) {
        AcwPolicy policy = left(resets);
        return policy.rules().isEmpty() ? Optional.empty() : Optional.of(policy);
    }

    /** The rules that are left of it. */
    PolicyRules rules(List<PolicyRevision> resets) {
        return left(resets).rules();
    }

    private AcwPolicy left(List<PolicyRevision> resets) {
        Left left = lastAsked;
        if (left == null || left.resets != resets) {
            left = new Left(resets, cleared(resets));
            lastAsked = left;
        }
        return left.policy;
    }

    private AcwPolicy cleared(List<PolicyRevision> resets) {
        AcwPolicy policy = stored;
        for (PolicyRevision made : resets) {
            PolicyReset reset = made.change().reset().orElseThrow();
            if (made.revision() > stored.revision() && reset.covers(stored.key())) {
                PolicyRules left = reset.clear(policy.rules());
                policy = left.equals(policy.rules())
                        ? policy
                        : new AcwPolicy(policy.key(), left, made.revision(), made.time());
            }
        }
        return policy;
    }
}
