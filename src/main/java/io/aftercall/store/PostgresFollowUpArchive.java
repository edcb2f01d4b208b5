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

    private static final String LIST =
            """
            SELECT %s
            FROM follow_up
            WHERE tenant_id = $1 AND state = ANY ($2::text[])
                AND ($3 OR holder_id = ANY ($4::text[])
                    OR assignee_type = 'TEAM' AND assignee_id = ANY ($5::text[])
                    OR assignee_type = 'DEPARTMENT' AND assignee_id = ANY ($6::text[]))
                AND ($7::text IS NULL OR customer_id = $7)
                AND (NOT $8 OR due_time <= clock_timestamp())
                AND ($9::timestamptz IS NULL OR (due_time, follow_up_id) > ($9, $10::uuid))
            ORDER BY due_time, follow_up_id
            LIMIT $11
            """
                    .formatted(FollowUpRows.COLUMNS);

    private final Pool pool;

    public PostgresFollowUpArchive(Pool pool) {
        this.pool = pool;
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
    public CompletionStage<List<FollowUp>> list(TenantId tenant, Search search, Optional<Place> after, int limit) {
        Tuple parameters = Tuple.tuple()
                .addString(tenant.value())
                .addArrayOfString(search.states().stream().map(Enum::name).toArray(String[]::new))
                .addBoolean(search.ofAnybody())
                .addArrayOfString(search.holders().toArray(String[]::new))
                .addArrayOfString(search.teams().toArray(String[]::new))
                .addArrayOfString(search.departments().toArray(String[]::new))
                .addString(search.customerId())
                .addBoolean(search.overdue())
                .addValue(after.map(Place::dueTime).map(Columns::time).orElse(null))
                .addValue(after.map(Place::id).orElse(null))
                .addInteger(limit);
        return query(tenant, LIST, parameters);
    }

    private CompletionStage<List<FollowUp>> query(TenantId tenant, String sql, Tuple parameters) {
        return DatabaseFailures.stage(DatabaseRole.queryFor(tenant.value(), pool, sql, parameters)
                .map(rows -> PostgresAgentStore.all(rows, FollowUpRows::read)));
    }
}
