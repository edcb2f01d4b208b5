package io.aftercall.store;

import io.aftercall.delivery.DisableReason;
import io.aftercall.delivery.EventType;
import io.aftercall.delivery.Webhook;
import io.aftercall.engine.Actor;
import io.aftercall.engine.AuditEvent;
import io.aftercall.engine.QuotaExceeded;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.WebhookStore;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table {@code webhook}. Whoever changes one is alone on the tenant's. */
@Singleton
public class PostgresWebhookStore implements WebhookStore {

    /** Deliveries that are looked at in one transaction. */
    private static final int PORTION = 5_000;

    private static final String SELECT =
            """
            SELECT webhook_id, url, description, event_types, enabled, webhook_revision, create_time, update_time,
                CASE WHEN NOT enabled THEN coalesce(disable_time, update_time) END AS disable_time,
                CASE WHEN NOT enabled THEN disable_reason END AS disable_reason,
                coalesce(failures, 0) AS failures,
                CASE WHEN paused_until > clock_timestamp() THEN paused_until END AS paused_until,
                (SELECT count(*) FROM (
                    SELECT FROM delivery AS d
                    WHERE d.tenant_id = $1 AND d.outlet = outlets.outlet AND d.state = 'PENDING'
                    LIMIT %1$d) AS counted) AS pending,
                (SELECT count(*) FROM (
                    SELECT FROM delivery AS d
                    WHERE d.tenant_id = $1 AND d.outlet = outlets.outlet AND d.state = 'PARKED'
                    LIMIT %1$d) AS counted) AS parked
            FROM (SELECT *, 'webhooks/' || webhook_id AS outlet FROM webhook) AS outlets
            LEFT JOIN outlet_pause USING (tenant_id, outlet)
            WHERE tenant_id = $1 AND ($2::text IS NULL OR webhook_id = $2)
            ORDER BY webhook_id
            """
                    .formatted(Webhook.Health.MOST_COUNTED);

    private static final String ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('webhook ' || $1, 0))";

    private static final String COUNT = "SELECT count(*) AS there FROM webhook WHERE tenant_id = $1";

    private static final String PUT =
            """
            INSERT INTO webhook (tenant_id, webhook_id, url, description, event_types, enabled, webhook_revision,
                create_time, update_time, secret, disable_time, disable_reason)
            SELECT $1, $2, $3, $4, $5, wanted, 1, now, now, $7,
                CASE WHEN NOT wanted THEN now END, CASE WHEN NOT wanted THEN 'REQUESTED' END
            FROM (SELECT $6::boolean AS wanted, clock_timestamp() AS now) AS asked
            ON CONFLICT (tenant_id, webhook_id) DO UPDATE SET
                url = excluded.url, description = excluded.description, event_types = excluded.event_types,
                enabled = excluded.enabled, webhook_revision = webhook.webhook_revision + 1,
                update_time = excluded.update_time,
                disable_time = CASE
                    WHEN webhook.enabled OR excluded.enabled THEN excluded.disable_time
                    ELSE coalesce(webhook.disable_time, webhook.update_time) END,
                disable_reason = CASE
                    WHEN webhook.enabled OR excluded.enabled THEN excluded.disable_reason
                    ELSE webhook.disable_reason END
            """;

    private static final String ROTATE =
            """
            UPDATE webhook
            SET secret = $3, former_secret = secret,
                former_secret_until = clock_timestamp() + $4::bigint * interval '1 ms',
                webhook_revision = webhook_revision + 1, update_time = clock_timestamp()
            WHERE tenant_id = $1 AND webhook_id = $2
            """;

    private static final String DELETE = "DELETE FROM webhook WHERE tenant_id = $1 AND webhook_id = $2";

    /** Whoever changes a webhook wants it tried, whatever became of it before. */
    private static final String TRY_AGAIN = "DELETE FROM outlet_pause WHERE tenant_id = $1 AND outlet = $2";

    /** The tenant's deliveries are looked through some at a time; says up to which. Null: these were the last. */
    private static final String DELETE_DELIVERIES =
            """
            WITH portion AS MATERIALIZED (
                SELECT sequence FROM delivery WHERE tenant_id = $1 AND sequence > $3 ORDER BY sequence LIMIT %1$d
            ), gone AS (
                DELETE FROM delivery
                WHERE tenant_id = $1 AND outlet = $2
                    AND sequence > $3 AND sequence <= (SELECT max(sequence) FROM portion)
            )
            SELECT CASE WHEN count(*) = %1$d THEN max(sequence) END AS up_to FROM portion
            """
                    .formatted(PORTION);

    private final Pool pool;

    public PostgresWebhookStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<List<Webhook>> all(TenantId tenant) {
        return DatabaseFailures.stage(DatabaseRole.queryFor(
                        tenant.value(),
                        pool,
                        SELECT,
                        Tuple.tuple().addString(tenant.value()).addString(null))
                .map(rows -> PostgresAgentStore.all(rows, PostgresWebhookStore::read)));
    }

    @Override
    public CompletionStage<Optional<Webhook>> find(TenantId tenant, String id) {
        return DatabaseFailures.stage(
                DatabaseRole.runFor(tenant.value(), pool, connection -> find(connection, tenant, id)));
    }

    @Override
    public CompletionStage<Webhook> put(TenantId tenant, String id, Decision decision, byte[] secret, Actor actor) {
        return change(tenant, id, (connection, stored) -> {
            Webhook wanted = decision.decide(stored);
            Tuple parameters = Tuple.of(tenant.value(), id, wanted.url(), wanted.description())
                    .addArrayOfString(wanted.eventTypes().stream()
                            .map(Enum::name)
                            .sorted()
                            .toArray(String[]::new))
                    .addBoolean(wanted.enabled())
                    .addBuffer(Buffer.buffer(secret));
            return room(connection, tenant, stored)
                    .compose(room -> connection.preparedQuery(PUT).execute(parameters))
                    .compose(put ->
                            connection.preparedQuery(TRY_AGAIN).execute(Tuple.of(tenant.value(), Webhook.outlet(id))))
                    .compose(done -> audited(connection, tenant, actor, "WEBHOOK_UPDATED", id, stored, wanted))
                    .compose(done -> find(connection, tenant, id))
                    .map(Optional::orElseThrow);
        });
    }

    private static Future<?> room(SqlConnection connection, TenantId tenant, Optional<Webhook> stored) {
        return stored.isPresent()
                ? Future.succeededFuture()
                : connection
                        .preparedQuery(COUNT)
                        .execute(Tuple.of(tenant.value()))
                        .compose(rows -> rows.iterator().next().getLong("there") < Webhook.MOST
                                ? Future.succeededFuture()
                                : Future.failedFuture(new QuotaExceeded("webhooks", Webhook.MOST)));
    }

    @Override
    public CompletionStage<Void> delete(TenantId tenant, String id, Check check, Actor actor) {
        return delete(tenant, id, check, actor, 0);
    }

    /** The webhook goes with the last of what was to be sent to it: whoever fails on the way can repeat it. */
    private CompletionStage<Void> delete(TenantId tenant, String id, Check check, Actor actor, long after) {
        return this.<Optional<Long>>change(tenant, id, (connection, stored) -> {
                    check.accept(stored);
                    return connection
                            .preparedQuery(DELETE_DELIVERIES)
                            .execute(Tuple.of(tenant.value(), Webhook.outlet(id), after))
                            .map(rows ->
                                    Optional.ofNullable(rows.iterator().next().getLong("up_to")))
                            .compose(more -> more.isPresent()
                                    ? Future.succeededFuture(more)
                                    : remove(connection, tenant, id, stored, actor)
                                            .map(more));
                })
                .thenCompose(more -> more.isPresent()
                        ? delete(tenant, id, check, actor, more.get())
                        : CompletableFuture.completedFuture(null));
    }

    private static Future<?> remove(
            SqlConnection connection, TenantId tenant, String id, Optional<Webhook> stored, Actor actor) {
        return connection
                .preparedQuery(DELETE)
                .execute(Tuple.of(tenant.value(), id))
                .compose(done ->
                        connection.preparedQuery(TRY_AGAIN).execute(Tuple.of(tenant.value(), Webhook.outlet(id))))
                .compose(done -> audited(connection, tenant, actor, "WEBHOOK_DELETED", id, stored, null));
    }

    @Override
    public CompletionStage<Webhook> rotate(
            TenantId tenant, String id, byte[] secret, Duration overlap, Check check, Actor actor) {
        return change(tenant, id, (connection, stored) -> {
            check.accept(stored);
            return connection
                    .preparedQuery(ROTATE)
                    .execute(Tuple.of(tenant.value(), id, Buffer.buffer(secret), overlap.toMillis()))
                    .compose(done -> audited(
                            connection, tenant, actor, "WEBHOOK_SECRET_ROTATED", id, stored, stored.orElse(null)))
                    .compose(done -> find(connection, tenant, id))
                    .map(Optional::orElseThrow);
        });
    }

    @FunctionalInterface
    private interface Work<T> {
        Future<T> on(SqlConnection connection, Optional<Webhook> stored);
    }

    private <T> CompletionStage<T> change(TenantId tenant, String id, Work<T> work) {
        Function<SqlConnection, Future<T>> alone = connection -> connection
                .preparedQuery(ALONE)
                .execute(Tuple.of(tenant.value()))
                .compose(locked -> find(connection, tenant, id))
                .compose(stored -> work.on(connection, stored));
        return DatabaseFailures.stage(DatabaseRole.runFor(tenant.value(), pool, alone));
    }

    private static Future<Optional<Webhook>> find(SqlConnection connection, TenantId tenant, String id) {
        return connection
                .preparedQuery(SELECT)
                .execute(Tuple.of(tenant.value(), id))
                .map(rows -> PostgresAgentStore.all(rows, PostgresWebhookStore::read).stream()
                        .findFirst());
    }

    private static Future<?> audited(
            SqlConnection connection,
            TenantId tenant,
            Actor actor,
            String action,
            String id,
            Optional<Webhook> before,
            Webhook after) {
        AuditEvent event = AuditEvent.done(
                actor,
                action,
                Webhook.outlet(id),
                Optional.empty(),
                before.map(PostgresWebhookStore::facts).orElse(Map.of()),
                after == null ? Map.of() : facts(after));
        return connection.preparedQuery(AuditRows.APPEND).execute(AuditRows.parameters(tenant.value(), List.of(event)));
    }

    /** Without the way to it: receivers put secrets there. */
    private static Map<String, String> facts(Webhook webhook) {
        Map<String, String> facts = new HashMap<>();
        facts.put("host", webhook.host());
        facts.put("enabled", Boolean.toString(webhook.enabled()));
        facts.put(
                "event_types",
                webhook.eventTypes().stream().map(Enum::name).sorted().collect(Collectors.joining(" ")));
        return facts;
    }

    private static Webhook.Disabled disabled(Row row) {
        return row.getBoolean("enabled")
                ? null
                : new Webhook.Disabled(
                        SettledAcwRows.time(row, "disable_time"),
                        SettledAcwRows.choice(DisableReason.class, row.getString("disable_reason")));
    }

    private static Webhook read(Row row) {
        return new Webhook(
                row.getString("webhook_id"),
                row.getString("url"),
                row.getString("description"),
                Stream.of(row.getArrayOfStrings("event_types"))
                        .map(EventType::valueOf)
                        .collect(Collectors.toSet()),
                row.getBoolean("enabled"),
                disabled(row),
                row.getInteger("webhook_revision"),
                SettledAcwRows.time(row, "create_time"),
                SettledAcwRows.time(row, "update_time"),
                new Webhook.Health(
                        row.getInteger("failures"),
                        SettledAcwRows.time(row, "paused_until"),
                        row.getLong("pending"),
                        row.getLong("parked")));
    }
}
