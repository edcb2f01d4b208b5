package io.aftercall.engine;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** What operators do with tenants; on this replica it holds as soon as it is done. */
public final class TenantAdministration {

    private final TenantStore store;
    private final TenantBook book;

    /** Why something was not done. */
    public static final class Refused extends RuntimeException {

        /** The reasons. */
        public enum Reason {
            TENANT_EXISTS,
            TENANT_NOT_FOUND,
            TENANT_NOT_SUSPENDED,
            TENANT_DELETING
        }

        private final Reason reason;
        private final TenantId tenant;

        Refused(Reason reason, TenantId tenant) {
            super(reason.name(), null, false, false);
            this.reason = reason;
            this.tenant = tenant;
        }

        public Reason reason() {
            return reason;
        }

        public TenantId tenant() {
            return tenant;
        }
    }

    public TenantAdministration(TenantStore store, TenantBook book) {
        this.store = store;
        this.book = book;
    }

    /** Fails with {@link Refused} if there is one of that id. */
    public CompletionStage<Tenant> create(TenantId id, String displayName, Quotas quotas, Actor actor) {
        return store.create(id, displayName, quotas, actor)
                .thenApply(made -> made.orElseThrow(() -> new Refused(Refused.Reason.TENANT_EXISTS, id)))
                .thenCompose(this::known);
    }

    /** Fails with {@link Refused} if there is none, or it is being deleted. */
    public CompletionStage<Tenant> update(TenantId id, UnaryOperator<Tenant> change, Actor actor) {
        UnaryOperator<Tenant> unlessDeleting = tenant -> {
            if (tenant.status() == Tenant.Status.DELETING) {
                throw new Refused(Refused.Reason.TENANT_DELETING, id);
            }
            return change.apply(tenant);
        };
        return changed(id, unlessDeleting, actor);
    }

    /** Completes when nothing is left. Fails with {@link Refused} if there is none, or it is not suspended. */
    public CompletionStage<Void> delete(TenantId id, Actor actor) {
        UnaryOperator<Tenant> deleting = tenant -> {
            if (tenant.status() == Tenant.Status.ACTIVE) {
                throw new Refused(Refused.Reason.TENANT_NOT_SUSPENDED, id);
            }
            return tenant.withStatus(Tenant.Status.DELETING);
        };
        return changed(id, deleting, actor).thenCompose(begun -> deleteAll(id)).thenCompose(gone -> book.refresh());
    }

    private CompletionStage<Void> deleteAll(TenantId id) {
        return store.deleteSome(id).thenCompose(gone -> gone ? CompletableFuture.completedFuture(null) : deleteAll(id));
    }

    /** Takes back what has been issued until now. */
    public CompletionStage<Void> revoke(TenantId id, String subject, Actor actor) {
        boolean there = id.equals(TenantId.INSTALLATION) || book.find(id).isPresent();
        return there
                ? store.revoke(id, subject, actor).thenCompose(done -> book.refresh())
                : CompletableFuture.failedFuture(new Refused(Refused.Reason.TENANT_NOT_FOUND, id));
    }

    private CompletionStage<Tenant> changed(TenantId id, UnaryOperator<Tenant> change, Actor actor) {
        return store.update(id, change, actor)
                .thenApply(done -> done.orElseThrow(() -> new Refused(Refused.Reason.TENANT_NOT_FOUND, id)))
                .thenCompose(this::known);
    }

    private CompletionStage<Tenant> known(Tenant tenant) {
        return book.refresh().thenApply(read -> tenant);
    }

    /** Fails with {@link Refused} if there is none. */
    public CompletionStage<Tenant> get(TenantId id) {
        return book.refresh()
                .thenApply(read -> book.find(id).orElseThrow(() -> new Refused(Refused.Reason.TENANT_NOT_FOUND, id)));
    }

    public CompletionStage<Collection<Tenant>> all() {
        return book.refresh().thenApply(read -> book.all());
    }
}
