package io.aftercall.store;

import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.Event;
import io.aftercall.engine.Actor;
import io.aftercall.engine.AuditEvent;
import io.aftercall.engine.DeliveryLog;
import io.aftercall.engine.TenantId;
import io.vertx.core.Future;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** The table {@code delivery}, for people to look at. */
@Singleton
public class PostgresDeliveryLog implements DeliveryLog {

    private static final String LIST =
            """
            SELECT %s
            FROM delivery
            WHERE tenant_id = $1 AND ($2::text IS NULL OR outlet = $2) AND ($3::text[] IS NULL OR state = ANY ($3))
                AND ($4::text IS NULL OR customer_id = $4) AND ($5::bigint IS NULL OR sequence < $5)
            ORDER BY sequence DESC
            LIMIT $6
            """
                    .formatted(DeliveryRows.COLUMNS);

    /** A statement of its own, as one that may be about anybody is planned without the index of customers. */
    private static final String LIST_OF_CUSTOMER =
            LIST.replace("($4::text IS NULL OR customer_id = $4)", "customer_id = $4");

    private static final String FIND =
            "SELECT " + DeliveryRows.COLUMNS + " FROM delivery WHERE tenant_id = $1 AND sequence = $2";

    private static final String AGAIN =
            "UPDATE delivery SET state = 'PENDING', attempts = 0, answered_attempt = 0, next_attempt_time = clock_timestamp() ";

    /** One that is under way would be sent twice. */
    private static final String REPLAY =
            AGAIN + "WHERE tenant_id = $1 AND sequence = $2 AND NOT " + DeliveryRows.UNDER_WAY;

    private static final String REPLAY_PARKED = AGAIN
            + """
            WHERE tenant_id = $1 AND state = 'PARKED' AND sequence IN (
                SELECT sequence FROM delivery
                WHERE tenant_id = $1 AND outlet = $2 AND state = 'PARKED'
                ORDER BY sequence
                LIMIT $3)
            """;

    /** What became of an e-mail is known for as long as its wrap-up can be edited, so that it is sent once. */
    private static final String FORGET =
            """
            DELETE FROM delivery
            USING (
                SELECT tenant_id, sequence FROM delivery
                WHERE (state = 'DELIVERED' AND event_time < clock_timestamp() - $1::interval
                        OR state = 'PARKED' AND event_time < clock_timestamp() - $2::interval)
                    AND (outlet <> 'email' OR event_time < clock_timestamp() - interval '31 days')
                LIMIT $3) AS old
            WHERE delivery.tenant_id = old.tenant_id AND delivery.sequence = old.sequence
            """;

    private final Pool pool;

    public PostgresDeliveryLog(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<List<Delivery>> list(TenantId tenant, Search search, OptionalLong before, int limit) {
        Tuple parameters = Tuple.tuple()
                .addString(tenant.value())
                .addString(search.outlet())
                .addValue(
                        search.states().isEmpty()
                                ? null
                                : search.states().stream().map(Enum::name).toArray(String[]::new))
                .addString(search.customerId())
                .addValue(before.isPresent() ? before.getAsLong() : null)
                .addInteger(limit);
        return query(tenant, search.customerId() == null ? LIST : LIST_OF_CUSTOMER, parameters);
    }

    @Override
    public CompletionStage<Optional<Delivery>> find(TenantId tenant, long sequence) {
        return query(tenant, FIND, Tuple.of(tenant.value(), sequence))
                .thenApply(found -> found.stream().findFirst());
    }

    @Override
    public CompletionStage<Integer> replay(TenantId tenant, long sequence, Actor actor) {
        String object = "deliveries/" + sequence;
        return replay(tenant, REPLAY, Tuple.of(tenant.value(), sequence), object, actor);
    }

    @Override
    public CompletionStage<Integer> replayParked(TenantId tenant, String outlet, int limit, Actor actor) {
        return replay(tenant, REPLAY_PARKED, Tuple.of(tenant.value(), outlet, limit), outlet, actor);
    }

    private CompletionStage<Integer> replay(TenantId tenant, String sql, Tuple parameters, String object, Actor actor) {
        return DatabaseFailures.stage(DatabaseRole.runFor(tenant.value(), pool, connection -> connection
                .preparedQuery(sql)
                .execute(parameters)
                .compose(replayed -> audited(connection, tenant, actor, object, replayed.rowCount())
                        .map(done -> replayed.rowCount()))));
    }

    private static Future<?> audited(SqlConnection connection, TenantId tenant, Actor actor, String object, int count) {
        AuditEvent event = AuditEvent.done(
                actor,
                "DELIVERIES_REPLAYED",
                object,
                Optional.empty(),
                Map.of(),
                Map.of("count", Integer.toString(count)));
        return count == 0
                ? Future.succeededFuture()
                : connection
                        .preparedQuery(AuditRows.APPEND)
                        .execute(AuditRows.parameters(tenant.value(), List.of(event)));
    }

    @Override
    public CompletionStage<Long> send(TenantId tenant, String outlet, Event event) {
        Tuple parameters = Tuple.of(tenant.value(), outlet, event.type().name(), event.orderKey());
        return DatabaseFailures.stage(DatabaseRole.queryFor(tenant.value(), pool, DeliveryRows.SEND, parameters)
                .map(rows -> rows.iterator().next().getLong("sequence")));
    }

    @Override
    public CompletionStage<Boolean> forget(Duration delivered, Duration parked, int limit) {
        return DatabaseFailures.stage(DatabaseRole.RETENTION
                .query(pool, FORGET, Tuple.of(Interval.of(delivered), Interval.of(parked), limit))
                .map(gone -> gone.rowCount() >= limit));
    }

    private CompletionStage<List<Delivery>> query(TenantId tenant, String sql, Tuple parameters) {
        return DatabaseFailures.stage(DatabaseRole.queryFor(tenant.value(), pool, sql, parameters)
                .map(rows -> PostgresAgentStore.all(rows, DeliveryRows::read)));
    }
}
