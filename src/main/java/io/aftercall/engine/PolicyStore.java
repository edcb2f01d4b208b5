package io.aftercall.engine;

import io.aftercall.disposition.DispositionCatalogue;
import io.aftercall.disposition.DispositionChange;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyChange;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRevision;
import io.aftercall.policy.PressureChange;
import io.aftercall.policy.QueueLoad;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/** Where the rules of tenants are kept: policies and their history, and the dispositions that they speak of. */
public interface PolicyStore {

    /** All policies at one revision. */
    CompletionStage<Edition> load(TenantId tenant);

    /** What has changed after an edition. */
    CompletionStage<Changes> changesAfter(TenantId tenant, long revision);

    /**
     * Carries out a change in one transaction that has the next revision of the tenant.
     *
     * @param edition what the change was decided on
     * @return what was made of it; fails with {@link StalePolicies} if the policies are others by now
     */
    CompletionStage<PolicyRevision> commit(
            TenantId tenant, Edition edition, PolicyChange change, Actor actor, Optional<RequestKey> request);

    /**
     * Changes the catalogue of dispositions in one transaction that has the next revision of the tenant.
     *
     * @param edition what the change was decided on
     * @return that revision; fails with {@link StalePolicies} if policies or dispositions are others by now
     */
    CompletionStage<Long> commit(TenantId tenant, Edition edition, DispositionChange change, Actor actor);

    /** Keeps what a router says about a queue, which changes nothing else. */
    CompletionStage<Void> report(TenantId tenant, String queueId, QueueLoad load);

    /**
     * Keeps what a router says about a queue that comes under pressure by it, or no longer is, in one transaction that
     * has the next revision of the tenant.
     *
     * @param edition what that was decided on
     * @return fails with {@link StalePolicies} if the policies are others by now
     */
    CompletionStage<Void> commitPressure(
            TenantId tenant, Edition edition, String queueId, QueueLoad load, boolean pressed, String actor);

    /** The queues under pressure of which nobody has reported for some time. */
    CompletionStage<List<String>> silentQueues(TenantId tenant, Duration silence);

    /** What was made of a request with an id. */
    CompletionStage<Optional<Recorded>> recorded(TenantId tenant, UUID requestId);

    /**
     * All changes, the latest first.
     *
     * @param before only what came before this revision
     */
    CompletionStage<List<PolicyRevision>> history(TenantId tenant, long before, int limit);

    /**
     * All changes that can have changed a policy, in the order of revisions: its own, and those that cleared rules in
     * narrower ones or took that back.
     */
    CompletionStage<List<PolicyRevision>> historyOf(TenantId tenant, PolicyKey key);

    /**
     * Policies and dispositions at one revision, which is that of the policies.
     *
     * @param epoch the name of the history that revisions count
     */
    record Edition(String epoch, PolicyCascade policies, DispositionCatalogue dispositions) {}

    /**
     * What came after a revision.
     *
     * @param revision the tenant's revision of the last change of its rules
     * @param changes in order
     * @param pressures the last of each queue
     * @param dispositions all of them, if any of them has changed
     * @param dispositionRevision the tenant's revision of the last change of dispositions
     */
    record Changes(
            String epoch,
            long revision,
            List<PolicyRevision> changes,
            List<PressureChange> pressures,
            Optional<DispositionCatalogue> dispositions,
            long dispositionRevision) {

        /** Whether they lead from an edition to the last change, so that it need not be read anew. */
        boolean continues(Edition known) {
            long from = known.policies().revision();
            return epoch.equals(known.epoch()) && revision >= from && revision == Math.max(from, last());
        }

        /** The revision of the last of them; -1 if there is none. */
        private long last() {
            long policies = LongStream.concat(
                            changes.stream().mapToLong(PolicyRevision::revision),
                            pressures.stream().mapToLong(PressureChange::revision))
                    .max()
                    .orElse(-1);
            return dispositions.isPresent() ? Math.max(policies, dispositionRevision) : policies;
        }

        /** The edition after one that they continue. */
        Edition on(Edition known) {
            return new Edition(known.epoch(), on(known.policies()), dispositions.orElse(known.dispositions()));
        }

        private PolicyCascade on(PolicyCascade known) {
            PolicyCascade policies = known;
            for (PolicyRevision change : changes) {
                policies = policies.after(change);
            }
            for (PressureChange pressure : pressures) {
                policies = policies.after(pressure);
            }
            return policies == known && revision == known.revision() ? known : policies.at(revision);
        }
    }

    /** A request and what was made of it. */
    record Recorded(RequestKey request, PolicyRevision revision) {}
}
