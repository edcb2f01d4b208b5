package io.aftercall.engine;

import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyChange;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRevision;
import io.aftercall.policy.PolicyRules;
import io.aftercall.policy.PolicyTimeline;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Takes a policy back to what it was at a revision.
 *
 * @param etag the version that the caller has seen; empty for whichever there is
 * @param restoreNarrower also takes back what later changes of the policy cleared in narrower ones, where nobody has
 *     changed those since
 */
public record PolicyRollback(PolicyKey key, long revision, Optional<String> etag, boolean restoreNarrower) {

    /**
     * What this does to the policies as they are.
     *
     * @return fails with {@link PolicyNotFound} if there never was such a policy, or {@link PolicyUpdate.StaleEtag}
     */
    public CompletionStage<PolicyChange> on(TenantId tenant, PolicyCascade policies, PolicyStore store) {
        Optional<AcwPolicy> current = policies.policy(key);
        PolicyUpdate.StaleEtag.throwUnless(key, current, etag);
        PolicyRules before = current.map(AcwPolicy::rules).orElse(PolicyRules.NONE);
        return store.historyOf(tenant, key).thenApply(history -> {
            if (history.stream().noneMatch(this::own)) {
                throw new PolicyNotFound(key);
            }
            Set<Long> resets = restoreNarrower
                    ? history.stream()
                            .filter(made -> own(made) && made.revision() > revision && !made.takenBack())
                            .filter(made -> made.change().reset().isPresent())
                            .map(PolicyRevision::revision)
                            .collect(Collectors.toSet())
                    : Set.of();
            return PolicyChange.of(key, before, rulesThen(history)).rollingBackTo(revision, resets);
        });
    }

    private boolean own(PolicyRevision made) {
        return made.change().key().equals(key);
    }

    private PolicyRules rulesThen(List<PolicyRevision> history) {
        PolicyTimeline timeline = new PolicyTimeline(key);
        history.stream().filter(made -> made.revision() <= revision).forEach(timeline::take);
        return timeline.rules();
    }
}
