package io.aftercall.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of one policy by the tenant's changes, taken in the order of revisions: it is set, wider ones clear rules
 * in it, and that is taken back. Who sets it sets what is left of it, so what was cleared before cannot come back.
 */
public final class PolicyTimeline {

    private final PolicyKey key;
    /** As it was last set. */
    private PolicyRules set = PolicyRules.NONE;
    /** Those that have cleared rules since and have not been taken back. */
    private final List<PolicyRevision> resets = new ArrayList<>();

    private AcwPolicy policy;

    /** Of a policy that there is not yet. */
    public PolicyTimeline(PolicyKey key) {
        this.key = key;
    }

    /** Of a policy as it was set. */
    PolicyTimeline(AcwPolicy policy) {
        this.key = policy.key();
        this.set = policy.rules();
        this.policy = policy;
    }

    /** Those of a tenant's changes, in the order of revisions, that changed a policy. */
    public static List<PolicyRevision> ofPolicy(PolicyKey key, Collection<PolicyRevision> made) {
        PolicyTimeline timeline = new PolicyTimeline(key);
        return made.stream().filter(timeline::take).toList();
    }

    /**
     * Takes the next change.
     *
     * @return whether it set the policy, or changed what is left of it
     */
    public boolean take(PolicyRevision made) {
        PolicyChange change = made.change();
        boolean own = change.key().equals(key);
        PolicyRules left = rules();
        if (own) {
            set = change.after();
            resets.clear();
            left = set;
        } else if (change.reset().filter(reset -> reset.covers(key)).isPresent()) {
            resets.add(made);
            left = change.reset().get().clear(left);
        }
        if (resets.removeIf(reset -> change.takenBack().contains(reset.revision()))) {
            left = set;
            for (PolicyRevision reset : resets) {
                left = reset.change().reset().orElseThrow().clear(left);
            }
        }
        if (!own && left.equals(rules())) {
            return false;
        }
        policy = new AcwPolicy(key, left, made.revision(), made.time());
        return true;
    }

    /** What is left of it by now. */
    public PolicyRules rules() {
        return policy == null ? PolicyRules.NONE : policy.rules();
    }

    /** It by now; empty if it sets no rule. */
    Optional<AcwPolicy> policy() {
        return rules().isEmpty() ? Optional.empty() : Optional.of(policy);
    }
}
