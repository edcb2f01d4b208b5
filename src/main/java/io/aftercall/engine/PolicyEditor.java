package io.aftercall.engine;

import io.aftercall.engine.PolicyStore.Edition;
import io.aftercall.engine.PolicyStore.Recorded;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyChange;
import io.aftercall.policy.PolicyRevision;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Changes a tenant's policies, as a whole or not at all. */
public final class PolicyEditor {

    /** Other replicas may have been faster as often as this. */
    private static final int ATTEMPTS = 30;

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
     * What came of a change.
     *
     * @param policies those that have it
     * @param repeated whether an earlier request of this id made it
     */
    public record Made(PolicyRevision revision, PolicyCascade policies, boolean repeated) {}

    /**
     * Makes a change.
     *
     * @return what came of it; fails with what {@code decision} throws, or {@link RequestIdReused}
     */
    public CompletionStage<Made> change(Decision decision, String actor, Optional<RequestKey> request) {
        return book.turns().next(() -> attempt(decision, actor, request, 1));
    }

    /** The policies as they would be after a change, were it made now. */
    public CompletionStage<PolicyCascade> after(PolicyCascade policies, PolicyChange change) {
        CompletionStage<PolicyCascade> before = change.takenBack().isEmpty()
                ? CompletableFuture.completedFuture(policies)
                : store.load(tenant, change.takenBack()).thenApply(Edition::policies);
        PolicyRevision next = new PolicyRevision(policies.revision(), Instant.EPOCH, "", change, false);
        return before.thenApply(now -> now.after(next));
    }

    /** What takes a policy back; see {@link PolicyRollback#on}. */
    public Decision rollback(PolicyRollback rollback) {
        return policies -> rollback.on(tenant, policies, store);
    }

    private CompletionStage<Made> attempt(Decision decision, String actor, Optional<RequestKey> request, int attempt) {
        CompletionStage<Optional<Recorded>> earlier = request.isPresent()
                ? store.recorded(tenant, request.get().requestId())
                : CompletableFuture.completedFuture(Optional.empty());
        return earlier.thenCombine(book.refresh(), (recorded, policies) -> recorded)
                .thenCompose(recorded -> recorded.isPresent()
                        ? CompletableFuture.completedFuture(repeated(recorded.get(), request.get()))
                        : make(decision, actor, request, attempt));
    }

    private CompletionStage<Made> make(Decision decision, String actor, Optional<RequestKey> request, int attempt) {
        Edition edition = book.edition();
        return decision.apply(edition.policies())
                .thenCompose(change -> store.commit(tenant, edition, change, actor, request))
                .thenCompose(made -> book.refresh().thenApply(policies -> new Made(made, policies, false)))
                .handle((made, failure) -> failure == null
                        ? CompletableFuture.completedFuture(made)
                        : failed(decision, actor, request, attempt, failure))
                .thenCompose(Function.identity());
    }

    private CompletionStage<Made> failed(
            Decision decision, String actor, Optional<RequestKey> request, int attempt, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof StalePolicies && attempt < ATTEMPTS
                ? attempt(decision, actor, request, attempt + 1)
                : CompletableFuture.failedFuture(cause);
    }

    private Made repeated(Recorded recorded, RequestKey request) {
        if (!recorded.request().equals(request)) {
            throw new RequestIdReused(request);
        }
        return new Made(recorded.revision(), book.edition().policies(), true);
    }
}
