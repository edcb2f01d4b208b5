package io.aftercall.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Where tenants are kept. */
public interface TenantStore {

    /** All of them, and the installation itself with what of its operators' was revoked. */
    CompletionStage<List<Tenant>> all();

    /**
     * Creates one, active from the start.
     *
     * @return empty if there is one of that id
     */
    CompletionStage<Optional<Tenant>> create(TenantId id, String displayName, Quotas quotas, Actor actor);

    /**
     * Changes what operators may change: the name, the status and the quotas.
     *
     * @param change of the tenant as it is; what it throws comes out, and nothing has changed
     * @return how it is afterwards; empty if there is none
     */
    CompletionStage<Optional<Tenant>> update(TenantId id, UnaryOperator<Tenant> change, Actor actor);

    /** Takes back what has been issued until now to a subject, or to {@link Tenant#EVERYBODY}. */
    CompletionStage<Void> revoke(TenantId id, String subject, Actor actor);

    /**
     * Takes away some of what there is of a tenant that is being deleted, the tenant itself last.
     *
     * @return whether nothing is left
     */
    CompletionStage<Boolean> deleteSome(TenantId id);
}
