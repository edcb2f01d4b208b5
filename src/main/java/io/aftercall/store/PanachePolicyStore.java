package io.aftercall.store;

import io.aftercall.disposition.DispositionCatalogue;
import io.aftercall.disposition.DispositionChange;
import io.aftercall.engine.Actor;
import io.aftercall.engine.PolicyStore;
import io.aftercall.engine.RequestKey;
import io.aftercall.engine.StalePolicies;
import io.aftercall.engine.TenantId;
import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyChange;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRevision;
import io.aftercall.policy.PressureChange;
import io.aftercall.policy.QueueLoad;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Policies and their history through Hibernate Reactive Panache. */
@Singleton
public class PanachePolicyStore implements PolicyStore {

    // What a server reads at its start is SQL: with the first query in its own language, Hibernate takes a quarter of a
    // second, and memory for good, for the classes of its parser.
    private static final String OF_TENANT = "SELECT * FROM policy WHERE tenant_id = ?1";
    private static final String RESETS =
            """
            SELECT * FROM policy_history
            WHERE tenant_id = ?1 AND (reset IS NOT NULL OR taken_back <> '')
            ORDER BY revision
            """;

    private static final String AFTER = "tenantId = ?1 and revision > ?2 order by revision";
    private static final String BEFORE = "tenantId = ?1 and revision < ?2 order by revision desc";
    private static final String OF_POLICY = "tenantId = ?1 and (reset is not null or takenBack <> ''"
            + " or scope = ?2 and scopeId = ?3 and channel = ?4 and direction = ?5) order by revision";
    private static final String REQUEST = "tenantId = ?1 and requestId = ?2";

    private static final String HEAD =
            "SELECT epoch::text, policy_revision, disposition_revision FROM tenant WHERE tenant_id = ?1";

    private static final String FOR_TENANT = DatabaseRole.FOR_TENANT.replace("$1", "?1");

    private static final String LOCK = TenantLock.TAKE.replace("$1", "?1");

    private static final String NEXT_REVISION =
            """
            UPDATE tenant SET revision = revision + 1, policy_revision = revision + 1
            WHERE tenant_id = ?1 AND policy_revision = ?2 AND epoch::text = ?3
            RETURNING revision, clock_timestamp()
            """;

    private static final String LOG =
            """
            INSERT INTO change_log (tenant_id, revision, change_time, cause, actor)
            VALUES (?1, ?2, ?3, ?4, ?5)
            """;

    /** Before the first revision. */
    private static final long NEVER = 0;

    private final Vertx vertx;

    public PanachePolicyStore(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public CompletionStage<Edition> load(TenantId tenant) {
        // The revision is read first: policies that are newer than it are read again, older ones never pass for newer.
        return transaction(tenant, session -> head(session, tenant).chain(head -> rows(
                        session, OF_TENANT, PolicyEntity.class, tenant)
                .chain(stored -> rows(session, RESETS, PolicyHistoryEntity.class, tenant)
                        .chain(found -> new QueuePressureRows(session, tenant)
                                .changesAfter(NEVER)
                                .chain(pressures -> new DispositionRows(session, tenant)
                                        .all()
                                        .map(dispositions -> new Edition(
                                                (String) head[0],
                                                new PolicyCascade(
                                                        policies(stored), made(found), pressed(pressures), (Long)
                                                                head[1]),
                                                dispositions)))))));
    }

    private static Set<String> pressed(List<PressureChange> pressures) {
        return pressures.stream()
                .filter(PressureChange::pressed)
                .map(PressureChange::queueId)
                .collect(Collectors.toSet());
    }

    @Override
    public CompletionStage<Changes> changesAfter(TenantId tenant, long revision) {
        return transaction(tenant, session -> head(session, tenant)
                .chain(head -> (Long) head[1] == revision
                        ? Uni.createFrom().item(changes(head, List.of(), List.of(), Optional.empty()))
                        : PolicyHistoryEntity.<PolicyHistoryEntity>list(AFTER, tenant.value(), revision)
                                .chain(found -> new QueuePressureRows(session, tenant)
                                        .changesAfter(revision)
                                        .chain(pressures -> dispositions(session, tenant, head, revision)
                                                .map(dispositions ->
                                                        changes(head, made(found), pressures, dispositions))))));
    }

    private static Uni<Optional<DispositionCatalogue>> dispositions(
            Mutiny.Session session, TenantId tenant, Object[] head, long since) {
        return (Long) head[2] > since
                ? new DispositionRows(session, tenant).all().map(Optional::of)
                : Uni.createFrom().item(Optional.empty());
    }

    /** What has come in since the head was read is left for the next time. */
    private static Changes changes(
            Object[] head,
            List<PolicyRevision> made,
            List<PressureChange> pressures,
            Optional<DispositionCatalogue> dispositions) {
        long last = (Long) head[1];
        return new Changes(
                (String) head[0],
                last,
                made.stream().filter(change -> change.revision() <= last).toList(),
                pressures.stream().filter(change -> change.revision() <= last).toList(),
                dispositions,
                (Long) head[2]);
    }

    @Override
    public CompletionStage<Void> report(TenantId tenant, String queueId, QueueLoad load) {
        return transaction(tenant, session -> new QueuePressureRows(session, tenant)
                .report(queueId, load)
                .replaceWithVoid());
    }

    @Override
    public CompletionStage<Void> commitPressure(
            TenantId tenant, Edition edition, String queueId, QueueLoad load, boolean pressed, String actor) {
        return transaction(tenant, session -> {
            QueuePressureRows rows = new QueuePressureRows(session, tenant);
            return next(session, tenant, edition)
                    .chain(head -> log(session, tenant, (Long) head[0], time(head[1]), "QUEUE_PRESSURE_CHANGED", actor)
                            .chain(() -> rows.report(queueId, load))
                            .chain(() -> rows.change(new PressureChange(queueId, pressed, (Long) head[0]))))
                    .replaceWithVoid();
        });
    }

    @Override
    public CompletionStage<List<String>> silentQueues(TenantId tenant, Duration silence) {
        return transaction(tenant, session -> new QueuePressureRows(session, tenant).silent(silence));
    }

    @Override
    public CompletionStage<Optional<Recorded>> recorded(TenantId tenant, UUID requestId) {
        return transaction(
                tenant, session -> PolicyHistoryEntity.<PolicyHistoryEntity>find(REQUEST, tenant.value(), requestId)
                        .firstResult()
                        .map(found -> Optional.ofNullable(found).map(PolicyHistoryEntity::recorded)));
    }

    @Override
    public CompletionStage<List<PolicyRevision>> history(TenantId tenant, long before, int limit) {
        return transaction(
                tenant, session -> PolicyHistoryEntity.<PolicyHistoryEntity>find(BEFORE, tenant.value(), before)
                        .range(0, limit - 1)
                        .list()
                        .map(PanachePolicyStore::made));
    }

    @Override
    public CompletionStage<List<PolicyRevision>> historyOf(TenantId tenant, PolicyKey key) {
        return transaction(tenant, session -> PolicyHistoryEntity.<PolicyHistoryEntity>list(
                        OF_POLICY,
                        tenant.value(),
                        key.scope().name(),
                        key.scopeId(),
                        PolicyEntity.nameOf(key.channel()),
                        PolicyEntity.nameOf(key.direction()))
                .map(PanachePolicyStore::made));
    }

    @Override
    public CompletionStage<PolicyRevision> commit(
            TenantId tenant, Edition edition, PolicyChange change, Actor actor, Optional<RequestKey> request) {
        return transaction(tenant, session -> lock(session, tenant)
                .chain(() -> new PolicyChangeRows(session, tenant).make(edition, change, actor, request))
                .onItem()
                .ifNull()
                .failWith(StalePolicies::new)
                .map(made -> new PolicyRevision((Long) made[0], time(made[1]), actor.name(), change, false)));
    }

    @Override
    public CompletionStage<Long> commit(TenantId tenant, Edition edition, DispositionChange change, Actor actor) {
        return transaction(tenant, session -> lock(session, tenant)
                .chain(() -> new DispositionRows(session, tenant).make(edition, change, actor))
                .onItem()
                .ifNull()
                .failWith(StalePolicies::new));
    }

    private static <E> Uni<List<E>> rows(Mutiny.Session session, String sql, Class<E> entity, TenantId tenant) {
        return session.createNativeQuery(sql, entity)
                .setParameter(1, tenant.value())
                .getResultList();
    }

    private static Uni<Object[]> head(Mutiny.Session session, TenantId tenant) {
        return session.createNativeQuery(HEAD, Object[].class)
                .setParameter(1, tenant.value())
                .getSingleResult();
    }

    private static Uni<Integer> lock(Mutiny.Session session, TenantId tenant) {
        return session.createNativeQuery(LOCK, Integer.class)
                .setParameter(1, tenant.value())
                .getSingleResult();
    }

    /** The tenant's next revision, and the time; the tenant's lock comes first, as for whoever writes. */
    private static Uni<Object[]> next(Mutiny.Session session, TenantId tenant, Edition edition) {
        return lock(session, tenant)
                .chain(() -> session.createNativeQuery(NEXT_REVISION, Object[].class)
                        .setParameter(1, tenant.value())
                        .setParameter(2, edition.policies().revision())
                        .setParameter(3, edition.epoch())
                        .getSingleResultOrNull())
                .onItem()
                .ifNull()
                .failWith(StalePolicies::new);
    }

    private static Uni<Integer> log(
            Mutiny.Session session, TenantId tenant, long revision, Instant time, String cause, String actor) {
        return session.createNativeQuery(LOG)
                .setParameter(1, tenant.value())
                .setParameter(2, revision)
                .setParameter(3, time)
                .setParameter(4, cause)
                .setParameter(5, actor)
                .executeUpdate();
    }

    private static List<AcwPolicy> policies(List<PolicyEntity> found) {
        return found.stream().map(PolicyEntity::policy).toList();
    }

    private static List<PolicyRevision> made(List<PolicyHistoryEntity> found) {
        return found.stream().map(PolicyHistoryEntity::made).toList();
    }

    private static Instant time(Object value) {
        return value instanceof OffsetDateTime time ? time.toInstant() : (Instant) value;
    }

    private static Uni<Object[]> forTenant(Mutiny.Session session, TenantId tenant) {
        return session.createNativeQuery(FOR_TENANT, Object[].class)
                .setParameter(1, tenant.value())
                .getSingleResult();
    }

    /** Panache wants a context of its own for each transaction. */
    private <T> CompletionStage<T> transaction(TenantId tenant, Function<Mutiny.Session, Uni<T>> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        Supplier<Uni<T>> supplied = () ->
                Panache.getSession().chain(session -> forTenant(session, tenant).chain(() -> work.apply(session)));
        context.runOnContext(ignored -> Panache.withTransaction(supplied)
                .subscribe()
                .with(done::complete, failure -> done.completeExceptionally(DatabaseFailures.translated(failure))));
        return done;
    }
}
