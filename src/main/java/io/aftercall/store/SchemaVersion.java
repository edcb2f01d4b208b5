package io.aftercall.store;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** How far the tables have been migrated. */
@Singleton
public class SchemaVersion {

    /** The last migration that this server brings. Those of a newer release are on top of it. */
    public static final String NEEDED = "030";

    private static final String APPLIED =
            "SELECT EXISTS (SELECT FROM flyway_schema_history WHERE version = $1 AND success)";

    /** No such table, or nobody has said yet that the server may look into it: see {@code afterMigrate.sql}. */
    private static final Set<String> NEVER_MIGRATED = Set.of("42P01", "42501");

    private final Pool pool;

    SchemaVersion(Pool pool) {
        this.pool = pool;
    }

    /** Whether the tables are those of this server or of a newer one. */
    public CompletionStage<Boolean> newEnough() {
        Future<Boolean> applied = pool.preparedQuery(APPLIED)
                .execute(Tuple.of(NEEDED))
                .map(rows -> rows.iterator().next().getBoolean(0))
                .recover(failure ->
                        failure instanceof PgException refused && NEVER_MIGRATED.contains(refused.getSqlState())
                                ? Future.succeededFuture(false)
                                : Future.failedFuture(failure));
        return DatabaseFailures.stage(applied);
    }
}
