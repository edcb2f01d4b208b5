package io.aftercall.engine;

import io.aftercall.policy.PolicyCascade;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A tenant's policies in memory. They may be behind the database; who decides with them compares the revision first
 * and refreshes.
 */
public final class PolicyBook {

    private final TenantId tenant;
    private final PolicyStore store;
    private volatile PolicyCascade cascade = new PolicyCascade(List.of(), -1);

    public PolicyBook(TenantId tenant, PolicyStore store) {
        this.tenant = tenant;
        this.store = store;
    }

    /** The policies as last read; at revision -1 none have been read. */
    public PolicyCascade cascade() {
        return cascade;
    }

    public CompletionStage<PolicyCascade> refresh() {
        return store.cascade(tenant).thenApply(read -> cascade = read);
    }

    /** The policies, read if they never were. */
    public CompletionStage<PolicyCascade> loaded() {
        return cascade.revision() >= 0 ? CompletableFuture.completedFuture(cascade) : refresh();
    }
}
