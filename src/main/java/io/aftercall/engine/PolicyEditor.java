package io.aftercall.engine;

import io.aftercall.engine.PolicyStore.Recorded;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyChange;
import io.aftercall.policy.PolicyRevision;
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
                        : decision.apply(edition.policies())
                                .thenCompose(change -> store.commit(tenant, edition, change, actor, request))));
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
