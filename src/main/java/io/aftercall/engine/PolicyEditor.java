package io.aftercall.engine;

import io.aftercall.disposition.PolicyDispositions;
import io.aftercall.engine.PolicyStore.Edition;
import io.aftercall.engine.PolicyStore.Recorded;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyChange;
import io.aftercall.policy.PolicyRevision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Changes a tenant's policies, as a whole or not at all. */
public final class PolicyEditor {

    private final TenantId tenant;
    private final PolicyStore store;
    private final PolicyBook book;

    public PolicyEditor(TenantId tenant, PolicyStore store, PolicyBook book) {
        this.tenant = tenant;
        this.store = store;
        this.book = book;
    }

    /** Says what a change is to do, once or more often, to the policies as they are. What it throws comes out. */
    @FunctionalInterface
    public interface Decision extends Function<PolicyCascade, CompletionStage<PolicyChange>> {}

    /**
     * Makes a change.
     *
     * @return what was made of it, perhaps by an earlier request of this id; fails with what {@code decision} throws, or {@link RequestIdReused}
     */
    public CompletionStage<PolicyRevision> change(Decision decision, Actor actor, Optional<RequestKey> request) {
        return book.change(edition -> recorded(request)
                .thenCompose(recorded -> recorded.isPresent()
                        ? CompletableFuture.completedFuture(repeated(recorded.get(), request.orElseThrow()))
                        : decided(decision, edition)
                                .thenCompose(change -> store.commit(tenant, edition, change, actor, request))));
    }

    /** Says what a change would be, and makes none. */
    public CompletionStage<PolicyChange> preview(Decision decision) {
        return book.refresh().thenCompose(policies -> decided(decision, book.edition()));
    }

    private static CompletionStage<PolicyChange> decided(Decision decision, Edition edition) {
        return decision.apply(edition.policies()).thenApply(change -> {
            Map<String, String> violations = new LinkedHashMap<>(
                    PolicyDispositions.violations(change.key(), change.after(), edition.dispositions()));
            if (!change.takenBack().isEmpty()
                    && !PolicyDispositions.unfounded(edition.policies().after(change), edition.dispositions())
                            .isEmpty()) {
                violations.putIfAbsent(
                        "timeout_disposition", "of a narrower policy would be one that is not in the catalogue");
            }
            if (!violations.isEmpty()) {
                throw new PolicyUpdate.InvalidPolicy(violations);
            }
            return change;
        });
    }

    /** What takes a policy back; see {@link PolicyRollback#on}. */
    public Decision rollback(PolicyRollback rollback) {
        return policies -> rollback.on(tenant, policies, store);
    }

    private CompletionStage<Optional<Recorded>> recorded(Optional<RequestKey> request) {
        return request.isPresent()
                ? store.recorded(tenant, request.get().requestId())
                : CompletableFuture.completedFuture(Optional.empty());
    }

    private static PolicyRevision repeated(Recorded recorded, RequestKey request) {
        if (!recorded.request().equals(request)) {
            throw new RequestIdReused(request);
        }
        return recorded.revision();
    }
}
