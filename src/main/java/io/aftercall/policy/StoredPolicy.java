package io.aftercall.policy;

import java.util.List;
import java.util.Optional;

/**
 * A policy as it was last set. What later changes of wider ones have left of it is worked out when somebody asks, as one
 * of them may clear rules in thousands, and commands wait for it. Any thread reads.
 */
final class StoredPolicy {

    private final AcwPolicy stored;
    private volatile Left lastAsked;
    /** Who compares two editions asks for one and the other in turns. */
    private volatile Left askedBefore;

    /** What is left of it after some changes. */
    private record Left(List<PolicyRevision> resets, Optional<AcwPolicy> policy) {}

    StoredPolicy(AcwPolicy stored) {
        this.stored = stored;
    }

    PolicyKey key() {
        return stored.key();
    }

    /**
     * What is left of it.
     *
     * @param resets the changes that have cleared rules anywhere, or taken that back, in the order of revisions
     * @return empty if it sets no rule any more
     */
    Optional<AcwPolicy> after(List<PolicyRevision> resets) {
        Left last = lastAsked;
        if (last != null && last.resets == resets) {
            return last.policy;
        }
        Left before = askedBefore;
        if (before != null && before.resets == resets) {
            return before.policy;
        }
        Left left = new Left(resets, left(resets));
        askedBefore = last;
        lastAsked = left;
        return left.policy;
    }

    private Optional<AcwPolicy> left(List<PolicyRevision> resets) {
        PolicyTimeline timeline = new PolicyTimeline(stored);
        for (PolicyRevision made : resets) {
            if (made.revision() > stored.revision()) {
                timeline.take(made);
            }
        }
        return timeline.policy();
    }

    /** The rules that are left of it. */
    PolicyRules rules(List<PolicyRevision> resets) {
        return after(resets).map(AcwPolicy::rules).orElse(PolicyRules.NONE);
    }
}
