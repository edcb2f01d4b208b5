package io.aftercall.store;

import io.aftercall.delivery.Event;
import io.aftercall.delivery.EventType;
import io.aftercall.engine.AcwKey;
import io.aftercall.engine.AuditEvent;
import io.aftercall.engine.CommonOutlets;
import io.aftercall.engine.CustomerArchive;
import io.aftercall.engine.FollowUpArchive;
import io.aftercall.engine.OccurredEvents.Occurred;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.WrapUpRecord;
import io.aftercall.followup.FollowUp;
import io.vertx.core.Future;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Wrap-ups, follow-ups and settled ACWs by whom they are about. */
@Singleton
public class PostgresCustomerArchive implements CustomerArchive {

    /** Those of a customer; drafts have an index of their own. */
    private static final String OF_CUSTOMER =
            """
            (SELECT agent_id, interaction_id FROM wrap_up
                WHERE tenant_id = $1 AND customer_id = $2 AND status <> 'DRAFT'
            UNION ALL
            SELECT agent_id, interaction_id FROM wrap_up
                WHERE tenant_id = $1 AND customer_id = $2 AND status = 'DRAFT')
            """
                    .strip();

    private static final String WRAP_UPS =
            """
            SELECT %s
            FROM %s AS theirs
            JOIN wrap_up w ON w.tenant_id = $1
                AND w.agent_id = theirs.agent_id AND w.interaction_id = theirs.interaction_id
            WHERE (theirs.agent_id, theirs.interaction_id) > ($3, $4)
            ORDER BY theirs.agent_id, theirs.interaction_id
            LIMIT $5
            """
                    .formatted(PostgresWrapUpArchive.RECORD, OF_CUSTOMER);

    /** Also what was promised in one of a customer's interactions to nobody by name. */
    private static final String FOLLOW_UPS =
            """
            SELECT %s
            FROM (
                SELECT * FROM follow_up WHERE tenant_id = $1 AND customer_id = $2
                UNION ALL
                SELECT * FROM follow_up
                WHERE tenant_id = $1 AND customer_id IS NULL AND interaction_id IN (
                    SELECT interaction_id FROM acw WHERE tenant_id = $1 AND customer_id = $2)
            ) AS theirs
            WHERE $3::timestamptz IS NULL OR (due_time, follow_up_id) > ($3, $4::uuid)
            ORDER BY due_time, follow_up_id
            LIMIT $5
            """
                    .formatted(FollowUpRows.COLUMNS);

    private static final String ERASE_WRAP_UPS =
            """
            WITH doomed AS MATERIALIZED (SELECT agent_id, interaction_id FROM %s AS theirs LIMIT $3),
            revisions AS (
                DELETE FROM wrap_up_revision r USING doomed d
                WHERE r.tenant_id = $1 AND r.agent_id = d.agent_id AND r.interaction_id = d.interaction_id)
            UPDATE wrap_up w
            SET subject = '', notes = '', actions_taken = '', actions_recommended = '', form_values = NULL,
                email_address = NULL, email_language = NULL, customer_id = NULL,
                wrap_up_revision = wrap_up_revision + 1
            FROM doomed d
            WHERE w.tenant_id = $1 AND w.agent_id = d.agent_id AND w.interaction_id = d.interaction_id
            """
                    .formatted(OF_CUSTOMER);

    /** Some of a customer's; the same for every statement of a transaction. */
    private static final String ACWS =
            """
            SELECT agent_id, interaction_id FROM acw WHERE tenant_id = $1 AND customer_id = $2
                ORDER BY agent_id, interaction_id LIMIT $3
            """
                    .strip();

    /** Nobody can keep a promise of which it is not known any more what it was, and to whom. */
    private static final String ERASE_FOLLOW_UPS =
            """
            WITH doomed AS MATERIALIZED (
                (SELECT follow_up_id, state FROM follow_up WHERE tenant_id = $1 AND customer_id = $2 LIMIT $3)
                UNION
                SELECT follow_up_id, state FROM follow_up
                WHERE tenant_id = $1 AND customer_id IS NULL AND interaction_id IN (
                    SELECT interaction_id FROM (%s) AS erased_too)),
            revisions AS (
                DELETE FROM follow_up_revision r USING doomed d
                WHERE r.tenant_id = $1 AND r.follow_up_id = d.follow_up_id)
            UPDATE follow_up f
            SET note = '', customer_id = NULL, follow_up_revision = follow_up_revision + 1,
                state = CASE f.state WHEN 'OPEN' THEN 'CANCELLED' ELSE f.state END,
                update_time = statement_timestamp(), updated_by = $4
            FROM doomed d
            WHERE f.tenant_id = $1 AND f.follow_up_id = d.follow_up_id
            RETURNING f.follow_up_id, f.interaction_id, f.update_time AS now, d.state = 'OPEN' AS cancelled
            """
                    .formatted(ACWS);

    private static final String ERASE_ACWS =
            """
            WITH doomed AS MATERIALIZED (%s)
            UPDATE acw a
            SET customer_id = NULL
            FROM doomed d
            WHERE a.tenant_id = $1 AND a.agent_id = d.agent_id AND a.interaction_id = d.interaction_id
            """
                    .formatted(ACWS);

    /**
     * Those that were delivered are forgotten in some days by themselves. Those that wait keep their place before the
     * one that says whom to erase, and lose it where they are parked.
     */
    private static final String ERASE_DELIVERIES =
            """
            UPDATE delivery
            SET customer_id = NULL, order_key = CASE state WHEN 'PARKED' THEN 'erased' ELSE order_key END
            WHERE tenant_id = $1 AND customer_id = $2 AND state IN ('PENDING', 'PARKED')
                AND event_type <> 'CUSTOMER_ERASED'
            """;

    private static final String FORGET_WRAP_UPS =
            """
            WITH doomed AS MATERIALIZED (
                SELECT agent_id, interaction_id, tags FROM wrap_up
                WHERE tenant_id = $1 AND status <> 'DRAFT' AND interaction_time < clock_timestamp() - $2::interval
                    AND (editable_until IS NULL OR editable_until < clock_timestamp())
                ORDER BY interaction_time LIMIT $3),
            revisions AS (
                DELETE FROM wrap_up_revision r USING doomed d
                WHERE r.tenant_id = $1 AND r.agent_id = d.agent_id AND r.interaction_id = d.interaction_id),
            counted AS (
                UPDATE wrap_up_tag t SET wrap_up_count = wrap_up_count - less.count
                FROM (SELECT tag, count(*) FROM doomed, unnest(tags) AS tag GROUP BY tag) AS less
                WHERE t.tenant_id = $1 AND t.tag = less.tag)
            DELETE FROM wrap_up w USING doomed d
            WHERE w.tenant_id = $1 AND w.agent_id = d.agent_id AND w.interaction_id = d.interaction_id
            """;

    private static final String FORGET_FOLLOW_UPS =
            """
            WITH doomed AS MATERIALIZED (
                SELECT follow_up_id FROM follow_up
                WHERE tenant_id = $1 AND state <> 'OPEN' AND update_time < clock_timestamp() - $2::interval
                ORDER BY update_time LIMIT $3),
            revisions AS (
                DELETE FROM follow_up_revision r USING doomed d
                WHERE r.tenant_id = $1 AND r.follow_up_id = d.follow_up_id)
            DELETE FROM follow_up f USING doomed d WHERE f.tenant_id = $1 AND f.follow_up_id = d.follow_up_id
            """;

    private final Pool pool;
    private final CommonOutlets outlets;

    public PostgresCustomerArchive(Pool pool, CommonOutlets outlets) {
        this.pool = pool;
        this.outlets = outlets;
    }

    @Override
    public CompletionStage<List<WrapUpRecord>> wrapUps(
            TenantId tenant, String customerId, Optional<AcwKey> after, int limit) {
        Tuple parameters = Tuple.of(
                tenant.value(),
                customerId,
                after.map(key -> key.agentId().value()).orElse(""),
                after.map(key -> key.interactionId().value()).orElse(""),
                limit);
        return DatabaseFailures.stage(DatabaseRole.queryFor(tenant.value(), pool, WRAP_UPS, parameters)
                .map(rows -> PostgresAgentStore.all(rows, PostgresWrapUpArchive::read)));
    }

    @Override
    public CompletionStage<List<FollowUp>> followUps(
            TenantId tenant, String customerId, Optional<FollowUpArchive.Place> after, int limit) {
        Tuple parameters = Tuple.of(tenant.value(), customerId)
                .addValue(after.map(FollowUpArchive.Place::dueTime)
                        .map(Columns::time)
                        .orElse(null))
                .addValue(after.map(FollowUpArchive.Place::id).orElse(null))
                .addInteger(limit);
        return DatabaseFailures.stage(DatabaseRole.queryFor(tenant.value(), pool, FOLLOW_UPS, parameters)
                .map(rows -> PostgresAgentStore.all(rows, FollowUpRows::read)));
    }

    @Override
    public CompletionStage<Erased> erase(
            TenantId tenant, String customerId, String by, int limit, List<AuditEvent> audit) {
        Tuple some = Tuple.of(tenant.value(), customerId, limit);
        return DatabaseFailures.stage(alone(tenant, connection -> count(connection, ERASE_WRAP_UPS, some)
                .compose(wrapUps -> eraseFollowUps(connection, tenant, customerId, by, limit)
                        .compose(followUps ->
                                count(connection, ERASE_ACWS, some).map(acws -> new Erased(wrapUps, followUps, acws))))
                .compose(erased -> finish(connection, tenant, customerId, erased.reached(limit), audit)
                        .map(done -> erased))));
    }

    private Future<Integer> eraseFollowUps(
            SqlConnection connection, TenantId tenant, String customerId, String by, int limit) {
        return connection
                .preparedQuery(ERASE_FOLLOW_UPS)
                .execute(Tuple.of(tenant.value(), customerId, limit, by))
                .compose(erased ->
                        tellOfCancelled(connection, tenant, customerId, erased).map(told -> erased.size()));
    }

    /** They have their place among what happened to the customer, until that does not name him any more either. */
    private Future<?> tellOfCancelled(
            SqlConnection connection, TenantId tenant, String customerId, RowSet<Row> erased) {
        List<Row> cancelled = PostgresAgentStore.all(erased, row -> row).stream()
                .filter(row -> row.getBoolean("cancelled"))
                .toList();
        return cancelled.isEmpty()
                ? Future.succeededFuture()
                : occur(
                        connection,
                        tenant,
                        time(cancelled.get(0)),
                        cancelled.stream()
                                .map(row -> new Event(
                                        EventType.FOLLOW_UP_UPDATED,
                                        null,
                                        row.getString("interaction_id"),
                                        row.getUUID("follow_up_id"),
                                        customerId))
                                .toList());
    }

    private Future<?> finish(
            SqlConnection connection, TenantId tenant, String customerId, boolean more, List<AuditEvent> audit) {
        Future<?> audited = audit.isEmpty()
                ? Future.succeededFuture()
                : connection.preparedQuery(AuditRows.APPEND).execute(AuditRows.parameters(tenant.value(), audit));
        Future<?> silent = audited.compose(
                done -> connection.preparedQuery(ERASE_DELIVERIES).execute(Tuple.of(tenant.value(), customerId)));
        return more ? silent : silent.compose(done -> tell(connection, tenant, customerId));
    }

    private Future<?> tell(SqlConnection connection, TenantId tenant, String customerId) {
        Event erased = new Event(EventType.CUSTOMER_ERASED, null, null, null, customerId);
        return connection
                .query("SELECT clock_timestamp() AS now")
                .execute()
                .compose(now -> occur(connection, tenant, time(now.iterator().next()), List.of(erased)));
    }

    private Future<?> occur(SqlConnection connection, TenantId tenant, Instant at, List<Event> events) {
        List<Occurred> occurred =
                events.stream().map(event -> new Occurred(event, false)).toList();
        return connection
                .preparedQuery(DeliveryRows.OCCUR)
                .execute(DeliveryRows.occurred(tenant.value(), at, outlets, occurred));
    }

    private static Instant time(Row row) {
        return SettledAcwRows.time(row, "now");
    }

    @Override
    public CompletionStage<Boolean> forget(TenantId tenant, Duration age, int limit) {
        Tuple some = Tuple.of(tenant.value(), Interval.of(age), limit);
        return DatabaseFailures.stage(alone(tenant, connection -> count(connection, FORGET_WRAP_UPS, some)
                .compose(wrapUps -> count(connection, FORGET_FOLLOW_UPS, some)
                        .map(followUps -> wrapUps >= limit || followUps >= limit))));
    }

    /** No command may write back what it has read before. */
    private <T> Future<T> alone(TenantId tenant, Function<SqlConnection, Future<T>> work) {
        return DatabaseRole.runFor(tenant.value(), pool, connection -> connection
                .preparedQuery(TenantLock.TAKE)
                .execute(Tuple.of(tenant.value()))
                .compose(locked -> work.apply(connection)));
    }

    private static Future<Integer> count(SqlConnection connection, String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters).map(rows -> rows.rowCount());
    }
}
