package io.aftercall.store;

import static io.aftercall.engine.StoreContract.await;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** The tables that have a tenant's rows, found in the database itself; seen by a superuser. */
public final class TenantTables {

    private static final String ALL =
            """
            SELECT table_name FROM information_schema.columns
            WHERE column_name = 'tenant_id' AND table_schema = 'public' AND NOT EXISTS (
                SELECT FROM pg_inherits WHERE inhrelid = ('public.' || table_name)::regclass)
            ORDER BY table_name
            """;

    private final Pool pool;

    public TenantTables(Pool pool) {
        this.pool = pool;
    }

    /** But for the parts of others. */
    public List<String> all() {
        return PostgresAgentStore.all(
                await(pool.query(ALL).execute().toCompletionStage()), (Row row) -> row.getString(0));
    }

    public List<String> withRowsOf(String tenant) {
        return all().stream()
                .filter(table -> await(pool.preparedQuery("SELECT 1 FROM " + table + " WHERE tenant_id = $1 LIMIT 1")
                                        .execute(Tuple.of(tenant))
                                        .toCompletionStage())
                                .size()
                        > 0)
                .toList();
    }
}
