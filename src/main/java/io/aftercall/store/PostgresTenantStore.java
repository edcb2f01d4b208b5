package io.aftercall.store;

import io.aftercall.engine.Actor;
import io.aftercall.engine.AuditEvent;
import io.aftercall.engine.Quotas;
import io.aftercall.engine.Tenant;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.TenantStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** The tables {@code tenant} and {@code credential_revocation}. */
@Singleton
public class PostgresTenantStore implements TenantStore {

    private static final String ALL =
            """
            SELECT coalesce(t.tenant_id, r.tenant_id) AS tenant_id, display_name, status, create_time, max_agents,
                max_policies, calls_per_second, max_streams, retention_days, subject, revoke_time
            FROM tenant t FULL JOIN credential_revocation r USING (tenant_id)
            WHERE t.tenant_id IS NOT NULL OR r.tenant_id = $1
            """;

    private static final String CREATE =
            """
            INSERT INTO tenant (tenant_id, display_name, max_agents, max_policies, calls_per_second, max_streams)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT DO NOTHING
            RETURNING *, NULL AS subject
            """;

    private static final String READ = "SELECT *, NULL AS subject FROM tenant WHERE tenant_id = $1 FOR UPDATE";

    private static final String UPDATE =
            """
            UPDATE tenant SET display_name = $2, max_agents = $3, max_policies = $4, calls_per_second = $5,
                max_streams = $6, status = $7, retention_days = $8
            WHERE tenant_id = $1
            """;

    private static final String REVOKE =
            """
            INSERT INTO credential_revocation VALUES ($1, $2, clock_timestamp())
            ON CONFLICT (tenant_id, subject) DO UPDATE SET revoke_time = excluded.revoke_time
            """;

    /** Bound by the policies to the tenant that the transaction names. */
    private static final String DELETE_SOME =
            """
            DELETE FROM %1$s USING (SELECT tableoid AS part, ctid AS place FROM %1$s WHERE tenant_id = $1 LIMIT 5000) AS part_of_it
            WHERE %1$s.tableoid = part_of_it.part AND %1$s.ctid = part_of_it.place AND %1$s.tenant_id = $1
            """;

    /** Everything that a tenant has, in the order in which it goes; rows that point to others first. */
    static final List<String> TABLES = List.of(
            "report_entry",
            "report_hour",
            "delivery",
            "outlet_pause",
            "webhook",
            "email_template",
            "follow_up",
            "follow_up_revision",
            "wrap_up",
            "wrap_up_revision",
            "wrap_up_tag",
            "acw",
            "agent",
            "command_request",
            "change_log",
            "policy_history",
            "policy",
            "disposition",
            "queue_pressure",
            "credential_revocation",
            "audit_event",
            "audit_chain",
            "tenant");

    private static final String NAME_TENANT = "SELECT set_config('app.tenant', $1, true)";

    private final Pool pool;

    public PostgresTenantStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<List<Tenant>> all() {
        return DatabaseFailures.stage(DatabaseRole.TENANTS
                .query(pool, ALL, Tuple.of(TenantId.INSTALLATION.value()))
                .map(PostgresTenantStore::tenants));
    }

    @Override
    public CompletionStage<Optional<Tenant>> create(TenantId id, String displayName, Quotas quotas, Actor actor) {
        return DatabaseFailures.stage(DatabaseRole.TENANTS.run(pool, connection -> connection
                .preparedQuery(CREATE)
                .execute(quotas(Tuple.of(id.value(), displayName), quotas))
                .compose(rows -> {
                    Optional<Tenant> made = tenants(rows).stream().findFirst();
                    return made.isEmpty()
                            ? Future.succeededFuture(made)
                            : audited(connection, made, actor, "TENANT_CREATED", id, Map.of(), facts(made.get()));
                })));
    }

    @Override
    public CompletionStage<Optional<Tenant>> update(TenantId id, UnaryOperator<Tenant> change, Actor actor) {
        return DatabaseFailures.stage(DatabaseRole.TENANTS.run(pool, connection -> connection
                .preparedQuery(READ)
                .execute(Tuple.of(id.value()))
                .compose(rows -> {
                    Optional<Tenant> before = tenants(rows).stream().findFirst();
                    return before.isEmpty()
                            ? Future.succeededFuture(before)
                            : update(connection, before.get(), change.apply(before.get()), actor);
                })));
    }

    private static Future<Optional<Tenant>> update(SqlConnection connection, Tenant before, Tenant after, Actor actor) {
        Tuple parameters = quotas(Tuple.of(after.id().value(), after.displayName()), after.quotas())
                .addValue(after.status().name())
                .addValue(after.retention()
                        .map(kept -> Math.toIntExact(kept.toDays()))
                        .orElse(null));
        String action = after.status() == Tenant.Status.DELETING ? "TENANT_DELETED" : "TENANT_UPDATED";
        return connection
                .preparedQuery(UPDATE)
                .execute(parameters)
                .compose(done -> audited(
                        connection, Optional.of(after), actor, action, after.id(), facts(before), facts(after)));
    }

    @Override
    public CompletionStage<Void> revoke(TenantId id, String subject, Actor actor) {
        Map<String, String> of = subject.equals(Tenant.EVERYBODY) ? Map.of() : Map.of("subject", subject);
        return DatabaseFailures.stage(DatabaseRole.TENANTS.run(pool, connection -> connection
                .preparedQuery(REVOKE)
                .execute(Tuple.of(id.value(), subject))
                .compose(done -> audited(connection, null, actor, "CREDENTIALS_REVOKED", id, Map.of(), of))));
    }

    /** In the trail of the installation, whose operators act. */
    private static <T> Future<T> audited(
            SqlConnection connection,
            T result,
            Actor actor,
            String action,
            TenantId tenant,
            Map<String, String> before,
            Map<String, String> after) {
        AuditEvent event = AuditEvent.done(actor, action, "tenants/" + tenant, Optional.empty(), before, after);
        String installation = TenantId.INSTALLATION.value();
        return connection
                .preparedQuery(NAME_TENANT)
                .execute(Tuple.of(installation))
                .compose(named -> connection
                        .preparedQuery(AuditRows.APPEND)
                        .execute(AuditRows.parameters(installation, List.of(event))))
                .map(appended -> result);
    }

    private static Map<String, String> facts(Tenant tenant) {
        Map<String, String> facts = new HashMap<>();
        facts.put("display_name", tenant.displayName());
        facts.put("status", tenant.status().name());
        tenant.retention().ifPresent(kept -> facts.put("retention_days", Long.toString(kept.toDays())));
        Quotas quotas = tenant.quotas();
        quotas.agents().ifPresent(most -> facts.put("max_agents", Integer.toString(most)));
        quotas.policies().ifPresent(most -> facts.put("max_policies", Integer.toString(most)));
        quotas.callsPerSecond().ifPresent(most -> facts.put("max_calls_per_second", Integer.toString(most)));
        quotas.streams().ifPresent(most -> facts.put("max_streams", Integer.toString(most)));
        return facts;
    }

    @Override
    public CompletionStage<Boolean> deleteSome(TenantId id) {
        return DatabaseFailures.stage(DatabaseRole.TENANTS.run(pool, connection -> connection
                .preparedQuery(NAME_TENANT)
                .execute(Tuple.of(id.value()))
                .compose(named -> deleteSome(connection, id, 0))));
    }

    /** From the first of the tables that has any. */
    private static Future<Boolean> deleteSome(SqlConnection connection, TenantId id, int table) {
        if (table == TABLES.size()) {
            return Future.succeededFuture(true);
        }
        return connection
                .preparedQuery(DELETE_SOME.formatted(TABLES.get(table)))
                .execute(Tuple.of(id.value()))
                .compose(gone ->
                        gone.rowCount() > 0 ? Future.succeededFuture(false) : deleteSome(connection, id, table + 1));
    }

    private static Tuple quotas(Tuple parameters, Quotas quotas) {
        for (OptionalInt quota :
                List.of(quotas.agents(), quotas.policies(), quotas.callsPerSecond(), quotas.streams())) {
            parameters.addValue(quota.isPresent() ? quota.getAsInt() : null);
        }
        return parameters;
    }

    private static List<Tenant> tenants(RowSet<Row> rows) {
        Map<TenantId, Row> first = new HashMap<>();
        Map<TenantId, Map<String, Instant>> revocations = new HashMap<>();
        for (Row row : rows) {
            TenantId id = new TenantId(row.getString("tenant_id"));
            first.putIfAbsent(id, row);
            if (row.getString("subject") != null) {
                revocations
                        .computeIfAbsent(id, any -> new HashMap<>())
                        .put(
                                row.getString("subject"),
                                row.getOffsetDateTime("revoke_time").toInstant());
            }
        }
        return first.entrySet().stream()
                .map(entry ->
                        tenant(entry.getKey(), entry.getValue(), revocations.getOrDefault(entry.getKey(), Map.of())))
                .toList();
    }

    private static Tenant tenant(TenantId id, Row row, Map<String, Instant> revocations) {
        OffsetDateTime created = row.getOffsetDateTime("create_time");
        return created == null
                ? new Tenant(
                        id,
                        "",
                        Tenant.Status.ACTIVE,
                        Quotas.OF_INSTALLATION,
                        Optional.empty(),
                        Instant.EPOCH,
                        revocations)
                : new Tenant(
                        id,
                        row.getString("display_name"),
                        Tenant.Status.valueOf(row.getString("status")),
                        new Quotas(
                                quota(row, "max_agents"),
                                quota(row, "max_policies"),
                                quota(row, "calls_per_second"),
                                quota(row, "max_streams")),
                        Optional.ofNullable(row.getInteger("retention_days")).map(Duration::ofDays),
                        created.toInstant(),
                        revocations);
    }

    private static OptionalInt quota(Row row, String column) {
        Integer value = row.getInteger(column);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
