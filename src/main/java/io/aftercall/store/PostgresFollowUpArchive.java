package io.aftercall.store;

import io.aftercall.engine.FollowUpArchive;
import io.aftercall.engine.TenantId;
import io.aftercall.followup.FollowUp;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Follow-ups in the tables {@code follow_up} and {@code follow_up_revision}. */
@Singleton
public class PostgresFollowUpArchive implements FollowUpArchive {

    private static final String REPLACED =
            """
            SELECT %s
            FROM follow_up_revision
            WHERE tenant_id = $1 AND follow_up_id = $2 AND follow_up_revision < $3
            ORDER BY follow_up_revision DESC
            LIMIT $4
            """
                    .formatted(FollowUpRows.COLUMNS);

    private static final String FOUND =
            """
            FROM follow_up
            WHERE tenant_id = $1 AND state = ANY ($2::text[])
                AND ($3 OR holder_id = ANY ($4::text[])
                    OR assignee_type = 'TEAM' AND assignee_id = ANY ($5::text[])
                    OR assignee_type = 'DEPARTMENT' AND assignee_id = ANY ($6::text[]))
                AND ($7::text IS NULL OR customer_id = $7)
                AND (NOT $8 OR due_time <= clock_timestamp())
            """;

    private static final String EARLIEST_FIRST = list(">", "");

    private static final String LATEST_FIRST = list("<", "DESC");

    private static final String COUNT = "SELECT count(*) FROM (SELECT %s LIMIT $9) AS found".formatted(FOUND);

    private final Pool pool;

    public PostgresFollowUpArchive(Pool pool) {
        this.pool = pool;
    }

    private static String list(String beyond, String direction) {
        return """
                SELECT %1$s
                %2$s
                    AND ($9::timestamptz IS NULL OR (due_time, follow_up_id) %3$s ($9, $10::uuid))
                ORDER BY due_time %4$s, follow_up_id %4$s
                LIMIT $11
                """
                .formatted(FollowUpRows.COLUMNS, FOUND, beyond, direction);
    }

    @Override
    public CompletionStage<Optional<FollowUp>> find(TenantId tenant, UUID id) {
        return query(tenant, FollowUpRows.SELECT, Tuple.of(tenant.value()).addArrayOfUUID(new UUID[] {id}))
                .thenApply(found -> found.stream().findFirst());
    }

    @Override
    public CompletionStage<List<FollowUp>> replaced(TenantId tenant, UUID id, int before, int limit) {
        return query(tenant, REPLACED, Tuple.of(tenant.value(), id, before, limit));
    }

    @Override
    public CompletionStage<List<FollowUp>> list(
            TenantId tenant, Search search, boolean latestFirst, Optional<Place> after, int limit) {
        Tuple parameters = parameters(tenant, search)
                .addValue(after.map(Place::dueTime).map(Columns::time).orElse(null))
                .addValue(after.map(Place::id).orElse(null))
                .addInteger(limit);
        return query(tenant, latestFirst ? LATEST_FIRST : EARLIEST_FIRST, parameters);
    }

    @Override
    public CompletionStage<Integer> count(TenantId tenant, Search search, int limit) {
        return DatabaseFailures.stage(DatabaseRole.queryFor(
                        tenant.value(), pool, COUNT, parameters(tenant, search).addInteger(limit))
                .map(rows -> rows.iterator().next().getInteger(0)));
    }

    private static Tuple parameters(TenantId tenant, Search search) {
        return Tuple.tuple()
                .addString(tenant.value())
                .addArrayOfString(search.states().stream().map(Enum::name).toArray(String[]::new))
                .addBoolean(search.ofAnybody())
                .addArrayOfString(search.holders().toArray(String[]::new))
                .addArrayOfString(search.teams().toArray(String[]::new))
                .addArrayOfString(search.departments().toArray(String[]::new))
                .addString(search.customerId())
                .addBoolean(search.overdue());
    }

    private CompletionStage<List<FollowUp>> query(TenantId tenant, String sql, Tuple parameters) {
        return DatabaseFailures.stage(DatabaseRole.queryFor(tenant.value(), pool, sql, parameters)
                .map(rows -> PostgresAgentStore.all(rows, FollowUpRows::read)));
    }
}
