package io.aftercall.engine;

import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyChange;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyReset;
import io.aftercall.policy.PolicyRevision;
import io.aftercall.policy.PolicyRules;
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

    private static final int ALL = Integer.MAX_VALUE;

    /**
     * What this does to the policies as they are.
     *
     * @return fails with {@link PolicyNotFound} if there never was such a policy, or {@link PolicyUpdate.StaleEtag}
     */
    public CompletionStage<PolicyChange> on(TenantId tenant, PolicyCascade policies, PolicyStore store) {
        Optional<AcwPolicy> current = policies.policy(key);
        PolicyUpdate.StaleEtag.throwUnless(key, current, etag);
        PolicyRules before = current.map(AcwPolicy::rules).orElse(PolicyRules.NONE);
        return store.history(tenant, Optional.of(key), Long.MAX_VALUE, ALL).thenApply(history -> {
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

    /** What it last set then, without what was cleared between that and then. */
    private PolicyRules rulesThen(List<PolicyRevision> latestFirst) {
        PolicyRules rules = PolicyRules.NONE;
        for (PolicyRevision made : latestFirst) {
            if (made.revision() <= revision && own(made)) {
                rules = made.change().after();
                for (PolicyRevision later : latestFirst) {
                    Optional<PolicyReset> reset = later.change().reset();
                    boolean between = later.revision() > made.revision() && later.revision() <= revision;
                    if (between
                            && !later.takenBack()
                            && reset.isPresent()
                            && reset.get().covers(key)) {
                        rules = reset.get().clear(rules);
                    }
                }
                return rules;
            }
        }
        return rules;
    }
}
