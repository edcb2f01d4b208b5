package io.aftercall.engine;

import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyChange;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRevision;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Where policies and their history are kept. */
public interface PolicyStore {

    /**
     * All policies at one revision.
     *
     * @param takenBack revisions whose resets are left out, as if they had been taken back already
     */
    CompletionStage<Edition> load(TenantId tenant, Set<Long> takenBack);

    /** What has changed after an edition. */
    CompletionStage<Changes> changesAfter(TenantId tenant, long revision);

    /**
     * Carries out a change in one transaction that has the next revision of the tenant.
     *
     * @param edition what the change was decided on
     * @return what was made of it; fails with {@link StalePolicies} if the policies are others by now
     */
    CompletionStage<PolicyRevision> commit(
            TenantId tenant, Edition edition, PolicyChange change, String actor, Optional<RequestKey> request);

    /** What was made of a request with an id. */
    CompletionStage<Optional<Recorded>> recorded(TenantId tenant, UUID requestId);

    /**
     * The history, the latest first.
     *
     * @param of only changes of this policy and those that cleared rules in it; empty for all
     * @param before only what came before this revision
     */
    CompletionStage<List<PolicyRevision>> history(TenantId tenant, Optional<PolicyKey> of, long before, int limit);

    /**
     * Policies at one revision.
     *
     * @param epoch the name of the history that revisions count
     */
    record Edition(String epoch, PolicyCascade policies) {}

    /**
     * What came after a revision.
     *
     * @param revision the tenant's revision of the last policy change
     * @param changes in order
     */
    record Changes(String epoch, long revision, List<PolicyRevision> changes) {

        /** Whether they lead from an edition to the last change, so that it need not be read anew. */
        boolean continues(Edition known) {
            long from = known.policies().revision();
            boolean none = changes.isEmpty() && revision == from;
            return epoch.equals(known.epoch())
                    && (none || revision > from && !changes.isEmpty() && last().revision() == revision)
                    && changes.stream()
                            .allMatch(made -> made.change().takenBack().isEmpty());
        }

        private PolicyRevision last() {
            return changes.get(changes.size() - 1);
        }
    }

    /** A request and what was made of it. */
    record Recorded(RequestKey request, PolicyRevision revision) {}
}
