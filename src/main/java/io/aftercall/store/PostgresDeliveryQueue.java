package io.aftercall.store;

import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.DeliveryState;
import io.aftercall.delivery.Event;
import io.aftercall.delivery.SigningSecrets;
import io.aftercall.engine.Actor;
import io.aftercall.engine.AcwKey;
import io.aftercall.engine.AuditEvent;
import io.aftercall.engine.DeliveryQueue;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.WrapUpRecord;
import io.aftercall.followup.FollowUp;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** The tables {@code delivery} and {@code outlet_pause} as a queue that replicas share. */
@Singleton
public class PostgresDeliveryQueue implements DeliveryQueue {

    private static final Logger LOG = Logger.getLogger(PostgresDeliveryQueue.class);

    private static final String WEBHOOKS = "webhooks/";

    private static final String DUE =
            """
            SELECT tenant_id, outlet
            FROM (
                SELECT tenant_id, 'webhooks/' || webhook_id AS outlet FROM webhook WHERE enabled
                UNION ALL
                SELECT tenant_id, common FROM tenant, unnest($1::text[]) AS common
            ) AS outlets
            LEFT JOIN outlet_pause USING (tenant_id, outlet)
            WHERE (paused_until IS NULL OR paused_until <= clock_timestamp()) AND EXISTS (
                SELECT FROM delivery
                WHERE delivery.tenant_id = outlets.tenant_id AND delivery.outlet = outlets.outlet AND state = 'PENDING'
                    AND next_attempt_time <= statement_timestamp())
            """;

    private static final String FAIL =
            """
            INSERT INTO outlet_pause
            SELECT $1, $2, $3, clock_timestamp() + $4::bigint * interval '1 ms'
            FROM tenant
            WHERE tenant_id = $1 AND status <> 'DELETING'
            ON CONFLICT (tenant_id, outlet)
                DO UPDATE SET failures = excluded.failures, paused_until = excluded.paused_until
            """;

    private static final String RECOVER = "DELETE FROM outlet_pause WHERE tenant_id = $1 AND outlet = $2";

    /** As whoever changes a webhook by hand: alone on the tenant's. */
    private static final String ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('webhook ' || $1, 0))";

    /** What has been changed since it was said may be wanted after all. */
    private static final String DISABLE =
            """
            UPDATE webhook
            SET enabled = false, disable_time = statement_timestamp(), disable_reason = 'GONE',
                webhook_revision = webhook_revision + 1, update_time = statement_timestamp()
            WHERE tenant_id = $1 AND webhook_id = $2 AND enabled AND webhook_revision = $3
            RETURNING url, array_to_string(ARRAY(SELECT unnest(event_types) ORDER BY 1), ' ') AS event_types
            """;

    private static final String TARGET =
            """
            SELECT url, webhook_revision, secret,
                CASE WHEN former_secret_until > clock_timestamp() THEN former_secret END AS former_secret,
                coalesce(failures, 0) AS failures
            FROM (SELECT $2::text AS outlet) AS asked
            LEFT JOIN webhook ON tenant_id = $1 AND 'webhooks/' || webhook_id = asked.outlet AND enabled
            LEFT JOIN outlet_pause ON outlet_pause.tenant_id = $1 AND outlet_pause.outlet = asked.outlet
            """;

    private static final String WRAP_UPS =
            """
            SELECT %s
            FROM unnest($2::text[], $3::text[]) AS about (agent_id, interaction_id)
            JOIN wrap_up w ON w.tenant_id = $1
                AND w.agent_id = about.agent_id AND w.interaction_id = about.interaction_id
            """
                    .formatted(PostgresWrapUpArchive.RECORD);

    private final Pool pool;

    public PostgresDeliveryQueue(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<List<OutletKey>> due(Set<String> common) {
        Tuple parameters = Tuple.tuple().addArrayOfString(common.toArray(String[]::new));
        return DatabaseFailures.stage(DatabaseRole.SWEEP
                .query(pool, DUE, parameters)
                .map(rows -> PostgresAgentStore.all(
                        rows,
                        row -> new OutletKey(new TenantId(row.getString("tenant_id")), row.getString("outlet")))));
    }

    @Override
    public CompletionStage<Taken> turn(
            OutletKey outlet, List<Result> results, Optional<Health> health, int most, Duration lease) {
        String tenant = outlet.tenant().value();
        return DatabaseFailures.stage(disable(outlet, health.flatMap(Health::gone))
                .compose(disabled -> DatabaseRole.runFor(
                        tenant, pool, connection -> turn(connection, outlet, results, health, most, lease))));
    }

    private static Future<Taken> turn(
            SqlConnection connection,
            OutletKey outlet,
            List<Result> results,
            Optional<Health> health,
            int most,
            Duration lease) {
        String tenant = outlet.tenant().value();
        List<Future<?>> kept = new ArrayList<>();
        if (!results.isEmpty()) {
            kept.add(connection.preparedQuery(DeliveryRows.RECORD).execute(DeliveryRows.results(tenant, results)));
            Tuple done = done(tenant, results);
            kept.add(connection.preparedQuery(DeliveryRows.GO_ON).execute(done));
            kept.add(connection.preparedQuery(DeliveryRows.NAME_NOBODY).execute(done));
        }
        health.ifPresent(how -> kept.add(keep(connection, outlet, how)));
        Future<RowSet<Row>> target = connection.preparedQuery(TARGET).execute(Tuple.of(tenant, outlet.outlet()));
        Future<RowSet<Row>> taken = connection
                .preparedQuery(DeliveryRows.TAKE)
                .execute(Tuple.of(tenant, outlet.outlet(), most, lease.toMillis(), webhook(outlet)));
        kept.add(target);
        kept.add(taken);
        return Future.all(kept).compose(all -> {
            Future<List<Parcel>> parcels = parcels(connection, tenant, taken.result());
            Future<Boolean> more = taken.result().size() == most
                    ? Future.succeededFuture(false)
                    : connection
                            .preparedQuery(DeliveryRows.WAIT)
                            .execute(Tuple.of(tenant, outlet.outlet()))
                            .map(waiting -> waiting.rowCount() == DeliveryRows.PORTION);
            return Future.all(parcels, more)
                    .map(read -> taken(target.result().iterator().next(), parcels.result(), more.result()));
        });
    }

    private static String webhook(OutletKey outlet) {
        return outlet.outlet().startsWith(WEBHOOKS) ? outlet.outlet().substring(WEBHOOKS.length()) : null;
    }

    private static Tuple done(String tenant, List<Result> results) {
        Long[] done = results.stream()
                .filter(result -> result.state() != DeliveryState.PENDING)
                .map(result -> result.delivery().sequence())
                .toArray(Long[]::new);
        return Tuple.of(tenant).addArrayOfLong(done);
    }

    private static Future<?> keep(SqlConnection connection, OutletKey outlet, Health health) {
        Tuple key = Tuple.of(outlet.tenant().value(), outlet.outlet());
        return health.failures() == 0
                ? connection.preparedQuery(RECOVER).execute(key)
                : connection
                        .preparedQuery(FAIL)
                        .execute(key.addInteger(health.failures())
                                .addLong(health.pause().toMillis()));
    }

    /** In a transaction of its own: who changes webhooks takes locks in another order. */
    private Future<?> disable(OutletKey outlet, Optional<Integer> revision) {
        String tenant = outlet.tenant().value();
        if (revision.isEmpty()) {
            return Future.succeededFuture();
        }
        return DatabaseRole.runFor(tenant, pool, connection -> connection
                        .preparedQuery(ALONE)
                        .execute(Tuple.of(tenant))
                        .compose(alone -> connection
                                .preparedQuery(DISABLE)
                                .execute(Tuple.of(tenant, webhook(outlet), revision.get())))
                        .compose(disabled -> disabled.rowCount() == 0
                                ? Future.succeededFuture(false)
                                : audited(
                                                connection,
                                                outlet,
                                                disabled.iterator().next())
                                        .map(true)))
                .onSuccess(disabled -> {
                    if (disabled) {
                        LOG.warnf(
                                "%s of tenant %s is disabled, as it wants nothing any more: what happens until somebody"
                                        + " enables it is not kept for it",
                                outlet.outlet(), tenant);
                    }
                });
    }

    private static Future<RowSet<Row>> audited(SqlConnection connection, OutletKey outlet, Row disabled) {
        String host = URI.create(disabled.getString("url")).getHost();
        String types = disabled.getString("event_types");
        AuditEvent event = AuditEvent.done(
                Actor.SERVER,
                "WEBHOOK_UPDATED",
                outlet.outlet(),
                Optional.empty(),
                Map.of("host", host, "enabled", "true", "event_types", types),
                Map.of("host", host, "enabled", "false", "event_types", types));
        return connection
                .preparedQuery(AuditRows.APPEND)
                .execute(AuditRows.parameters(outlet.tenant().value(), List.of(event)));
    }

    @Override
    public CompletionStage<Void> giveBack(OutletKey outlet, List<Delivery> untouched) {
        String tenant = outlet.tenant().value();
        return DatabaseFailures.stage(
                DatabaseRole.queryFor(tenant, pool, DeliveryRows.GIVE_BACK, DeliveryRows.attempts(tenant, untouched))
                        .mapEmpty());
    }

    private static Future<List<Parcel>> parcels(SqlConnection connection, String tenant, RowSet<Row> taken) {
        List<Delivery> deliveries = PostgresAgentStore.all(taken, DeliveryRows::read);
        if (deliveries.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Tuple keys = Tuple.of(tenant);
        new Columns<>(deliveries, keys)
                .text(delivery -> delivery.event().agentId())
                .text(delivery -> delivery.event().interactionId());
        UUID[] ids = deliveries.stream()
                .map(delivery -> delivery.event().followUpId())
                .filter(Objects::nonNull)
                .toArray(UUID[]::new);
        Future<RowSet<Row>> wrapUps = connection.preparedQuery(WRAP_UPS).execute(keys);
        Future<RowSet<Row>> followUps = ids.length == 0
                ? Future.succeededFuture()
                : connection
                        .preparedQuery(FollowUpRows.SELECT)
                        .execute(Tuple.of(tenant).addArrayOfUUID(ids));
        return Future.all(wrapUps, followUps).map(read -> parcels(deliveries, wrapUps.result(), followUps.result()));
    }

    private static List<Parcel> parcels(List<Delivery> deliveries, RowSet<Row> wrapUpRows, RowSet<Row> followUpRows) {
        Map<AcwKey, WrapUpRecord> wrapUps = new HashMap<>();
        PostgresAgentStore.all(wrapUpRows, PostgresWrapUpArchive::read)
                .forEach(record -> wrapUps.put(record.key(), record));
        Map<UUID, FollowUp> followUps = new HashMap<>();
        if (followUpRows != null) {
            PostgresAgentStore.all(followUpRows, FollowUpRows::read)
                    .forEach(followUp -> followUps.put(followUp.id(), followUp));
        }
        return deliveries.stream()
                .map(delivery -> new Parcel(
                        delivery,
                        key(delivery.event()).map(wrapUps::get),
                        Optional.ofNullable(delivery.event().followUpId()).map(followUps::get)))
                .toList();
    }

    private static Optional<AcwKey> key(Event event) {
        return event.agentId() == null
                ? Optional.empty()
                : Optional.of(AcwKey.of(event.agentId(), event.interactionId()));
    }

    private static Taken taken(Row row, List<Parcel> parcels, boolean more) {
        List<byte[]> secrets = new ArrayList<>();
        for (String column : List.of("secret", "former_secret")) {
            Optional.ofNullable(row.getBuffer(column)).map(Buffer::getBytes).ifPresent(secrets::add);
        }
        return new Taken(
                Optional.ofNullable(row.getString("url"))
                        .map(url -> new Target(url, new SigningSecrets(secrets), row.getInteger("webhook_revision"))),
                row.getInteger("failures"),
                parcels,
                more);
    }
}
