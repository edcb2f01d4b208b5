package io.aftercall.engine;

import io.aftercall.disposition.DispositionCatalogue;
import io.aftercall.disposition.Form;
import io.aftercall.engine.PolicyStore.Edition;
import io.aftercall.policy.PolicyCascade;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A tenant's policies and dispositions in memory. They may be behind the database; who decides with them compares the revision first
 * and refreshes.
 */
public final class PolicyBook {

    private static final Edition UNREAD =
            new Edition("", new PolicyCascade(List.of(), -1), DispositionCatalogue.of(List.of(), schema -> Form.NONE));

    /** Other replicas may have been faster as often as this. */
    private static final int ATTEMPTS = 30;

    private final TenantId tenant;
    private final PolicyStore store;
    /** Of those on this replica who change policies. */
    private final Turns turns = new Turns();

    private volatile Edition edition = UNREAD;

    public PolicyBook(TenantId tenant, PolicyStore store) {
        this.tenant = tenant;
        this.store = store;
    }

    /** The policies as last read; at revision -1 none have been read. */
    public Edition edition() {
        return edition;
    }

    /** Brings them up to the database: by what has changed, or where that does not suffice by reading all. */
    public CompletionStage<PolicyCascade> refresh() {
        Edition known = edition;
        CompletionStage<Edition> fresh = known == UNREAD
                ? store.load(tenant)
                : store.changesAfter(tenant, known.policies().revision())
                        .thenCompose(changes -> changes.continues(known)
                                ? CompletableFuture.completedFuture(changes.on(known))
                                : store.load(tenant));
        return fresh.thenApply(read -> {
            edition = read;
            return read.policies();
        });
    }

    /** The policies, read if they never were. */
    public CompletionStage<PolicyCascade> loaded() {
        return edition == UNREAD ? refresh() : CompletableFuture.completedFuture(edition.policies());
    }

    /**
     * Lets a change be made that is decided on the policies as they are; again, where another replica was faster. Those
     * of this replica take turns. Afterwards the change is in the book.
     *
     * @param change may be asked more often than once; fails with {@link StalePolicies} to be asked again
     */
    <T> CompletionStage<T> change(Function<Edition, CompletionStage<T>> change) {
        return turns.next(() -> attempt(change, 1));
    }

    private <T> CompletionStage<T> attempt(Function<Edition, CompletionStage<T>> change, int attempt) {
        return refresh()
                .thenCompose(policies -> change.apply(edition))
                .thenCompose(made -> refresh().thenApply(policies -> made))
                .handle((made, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(made);
                    }
                    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure;
                    return cause instanceof StalePolicies && attempt < ATTEMPTS
                            ? attempt(change, attempt + 1)
                            : CompletableFuture.<T>failedFuture(cause);
                })
                .thenCompose(Function.identity());
    }
}
