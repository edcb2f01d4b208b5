package io.aftercall.store;

import io.aftercall.engine.PolicyStore;
import io.aftercall.engine.TenantId;
import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRules;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/** Policies through Hibernate Reactive Panache. */
@Singleton
public class PanachePolicyStore implements PolicyStore {

    private static final String OF_TENANT = "tenantId = ?1";
    private static final String REVISION = "SELECT policy_revision FROM tenant WHERE tenant_id = ?1";

    private static final String LOCK = TenantLock.TAKE.replace("$1", "?1");

    private static final String NEXT_REVISION =
            """
            UPDATE tenant SET revision = revision + 1, policy_revision = revision + 1
            WHERE tenant_id = ?1
            RETURNING revision, clock_timestamp()
            """;

    private static final String LOG =
            """
            INSERT INTO change_log (tenant_id, revision, change_time, cause, actor)
            VALUES (?1, ?2, ?3, 'POLICY_CHANGED', ?4)
            """;

    private final Vertx vertx;

    public PanachePolicyStore(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public CompletionStage<PolicyCascade> cascade(TenantId tenant) {
        // The revision is read first: policies that are newer than it are read again, older ones never pass for newer.
        return transaction(session -> session.createNativeQuery(REVISION, Long.class)
                .setParameter(1, tenant.value())
                .getSingleResult()
                .chain(revision -> PolicyEntity.<PolicyEntity>list(OF_TENANT, tenant.value())
                        .map(found -> new PolicyCascade(policies(found), revision))));
    }

    @Override
    public CompletionStage<Optional<AcwPolicy>> get(TenantId tenant, PolicyKey key) {
        return transaction(session ->
                find(tenant, key).map(found -> Optional.ofNullable(found).map(PolicyEntity::policy)));
    }

    @Override
    public CompletionStage<List<AcwPolicy>> list(TenantId tenant, Optional<PolicyKey> after, int limit) {
        return transaction(session -> PolicyEntity.<PolicyEntity>list(OF_TENANT, tenant.value())
                .map(found -> policies(found).stream()
                        .filter(policy -> after.isEmpty() || policy.key().compareTo(after.get()) > 0)
                        .sorted(Comparator.comparing(AcwPolicy::key))
                        .limit(limit)
                        .toList()));
    }

    @Override
    public CompletionStage<AcwPolicy> change(
            TenantId tenant, PolicyKey key, String actor, Function<Optional<AcwPolicy>, Optional<PolicyRules>> change) {
        // The tenant's lock comes first, so that two who create the same policy come one after the other.
        return transaction(session -> session.createNativeQuery(LOCK, Integer.class)
                .setParameter(1, tenant.value())
                .getSingleResult()
                .chain(() -> session.createNativeQuery(NEXT_REVISION, Object[].class)
                        .setParameter(1, tenant.value())
                        .getSingleResult())
                .chain(head -> find(tenant, key).chain(found -> {
                    Optional<PolicyRules> rules =
                            change.apply(Optional.ofNullable(found).map(PolicyEntity::policy));
                    AcwPolicy policy =
                            new AcwPolicy(key, rules.orElse(PolicyRules.NONE), (Long) head[0], time(head[1]));
                    return log(session, tenant, policy, actor)
                            .chain(() -> keep(tenant, found, policy, rules.isPresent()))
                            .replaceWith(policy);
                })));
    }

    private static Uni<Integer> log(Mutiny.Session session, TenantId tenant, AcwPolicy policy, String actor) {
        return session.createNativeQuery(LOG)
                .setParameter(1, tenant.value())
                .setParameter(2, policy.revision())
                .setParameter(3, policy.updateTime())
                .setParameter(4, actor)
                .executeUpdate();
    }

    private static Uni<?> keep(TenantId tenant, PolicyEntity found, AcwPolicy policy, boolean wanted) {
        if (found == null) {
            return wanted
                    ? PolicyEntity.of(tenant.value(), policy).persist()
                    : Uni.createFrom().voidItem();
        }
        if (!wanted) {
            return found.delete();
        }
        found.take(policy);
        return found.persist();
    }

    private static Uni<PolicyEntity> find(TenantId tenant, PolicyKey key) {
        return PolicyEntity.findById(new PolicyEntity.Key(tenant.value(), key));
    }

    private static List<AcwPolicy> policies(List<PolicyEntity> found) {
        return found.stream().map(PolicyEntity::policy).toList();
    }

    private static Instant time(Object value) {
        return value instanceof OffsetDateTime time ? time.toInstant() : (Instant) value;
    }

    /** Panache wants a context of its own for each transaction. */
    private <T> CompletionStage<T> transaction(Function<Mutiny.Session, Uni<T>> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        Supplier<Uni<T>> supplied = () -> Panache.getSession().chain(work::apply);
        context.runOnContext(ignored -> Panache.withTransaction(supplied)
                .subscribe()
                .with(done::complete, failure -> done.completeExceptionally(DatabaseFailures.translated(failure))));
        return done;
    }
}
