package io.aftercall.store;

import io.aftercall.engine.AuditEvent;
import io.aftercall.engine.AuditTrail;
import io.aftercall.engine.TenantId;
import io.vertx.core.Future;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The audit trail in PostgreSQL, which chains the entries itself. */
@Singleton
public class PostgresAuditTrail implements AuditTrail {

    private static final String AFTER =
            "SELECT * FROM audit_event WHERE tenant_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3";

    private static final String BEFORE =
            """
            SELECT * FROM audit_event
            WHERE tenant_id = $1 AND sequence < $2
                AND ($3::timestamptz IS NULL OR event_time >= $3) AND ($4::timestamptz IS NULL OR event_time < $4)
                AND ($5::text IS NULL OR content::jsonb ->> 'actor' = $5)
                AND ($6::text IS NULL OR content::jsonb ->> 'action' = $6)
                AND ($7::text IS NULL OR content::jsonb ->> 'outcome' = $7)
            ORDER BY sequence DESC
            LIMIT $8
            """;

    private static final String ENDS = "SELECT * FROM audit_chain WHERE tenant_id = $1";

    private static final String TRAILS = "SELECT tenant_id FROM audit_chain";

    private static final String FORGET =
            """
            SELECT forget_audit_events($1, clock_timestamp() - $2::interval) AS forgotten
            FROM set_config('app.tenant', $1, true)
            """;

    private final Pool pool;

    public PostgresAuditTrail(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Void> append(TenantId tenant, List<AuditEvent> events) {
        return DatabaseFailures.stage(DatabaseRole.queryFor(
                        tenant.value(), pool, AuditRows.APPEND, AuditRows.parameters(tenant.value(), events))
                .mapEmpty());
    }

    @Override
    public CompletionStage<List<Entry>> after(TenantId tenant, long after, int limit) {
        return entries(tenant, AFTER, Tuple.of(tenant.value(), after, limit));
    }

    @Override
    public CompletionStage<List<Entry>> before(TenantId tenant, long before, Filter filter, int limit) {
        Tuple parameters = Tuple.of(tenant.value(), before)
                .addValue(time(filter.start()))
                .addValue(time(filter.end()))
                .addValue(filter.actor().orElse(null))
                .addValue(filter.action().orElse(null))
                .addValue(filter.outcome().map(Enum::name).orElse(null))
                .addValue(limit);
        return entries(tenant, BEFORE, parameters);
    }

    @Override
    public CompletionStage<Ends> ends(TenantId tenant) {
        return DatabaseFailures.stage(DatabaseRole.queryFor(tenant.value(), pool, ENDS, Tuple.of(tenant.value()))
                .map(rows -> PostgresAgentStore.all(rows, PostgresAuditTrail::ends).stream()
                        .findFirst()
                        .orElse(new Ends(1, new byte[0], 0, new byte[0]))));
    }

    @Override
    public CompletionStage<Void> forget(Duration age) {
        return DatabaseFailures.stage(
                DatabaseRole.RETENTION.query(pool, TRAILS, Tuple.tuple()).compose(rows -> {
                    Future<Void> done = Future.succeededFuture();
                    for (Row row : rows) {
                        done = done.compose(before -> forget(row.getString("tenant_id"), age));
                    }
                    return done;
                }));
    }

    private Future<Void> forget(String tenant, Duration age) {
        return DatabaseRole.RETENTION
                .query(pool, FORGET, Tuple.of(tenant, Interval.of(age)))
                .compose(rows -> rows.iterator().next().getLong("forgotten") > 0
                        ? forget(tenant, age)
                        : Future.succeededFuture());
    }

    private CompletionStage<List<Entry>> entries(TenantId tenant, String sql, Tuple parameters) {
        return DatabaseFailures.stage(DatabaseRole.queryFor(tenant.value(), pool, sql, parameters)
                .map(rows -> PostgresAgentStore.all(rows, AuditRows::read)));
    }

    private static Object time(Optional<Instant> time) {
        return time.map(Columns::time).orElse(null);
    }

    private static Ends ends(Row row) {
        return new Ends(
                row.getLong("first_sequence"),
                AuditRows.bytes(row, "hash_before"),
                row.getLong("last_sequence"),
                AuditRows.bytes(row, "last_hash"));
    }
}
