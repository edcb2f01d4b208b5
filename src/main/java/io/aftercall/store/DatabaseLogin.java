package io.aftercall.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Whom the server connects to the database as. */
@Singleton
public class DatabaseLogin {

    private static final String MAY =
            """
            SELECT session_user::text AS login, rolsuper, rolbypassrls,
                EXISTS (SELECT FROM pg_class WHERE relname IN ('agent', 'tenant') AND relowner = pg_roles.oid) AS owns
            FROM pg_roles WHERE rolname = session_user
            """;

    private final Pool pool;

    DatabaseLogin(Pool pool) {
        this.pool = pool;
    }

    /** Why the database could not keep tenants apart from this login; empty if it can. */
    public CompletionStage<Optional<String>> violation() {
        Future<Optional<String>> violation =
                pool.query(MAY).execute().map(rows -> violation(rows.iterator().next()));
        return DatabaseFailures.stage(violation);
    }

    private static Optional<String> violation(Row row) {
        if (row.getBoolean("rolsuper")) {
            return Optional.of(row.getString("login") + " is a superuser");
        }
        if (row.getBoolean("rolbypassrls")) {
            return Optional.of(row.getString("login") + " passes over row-level security");
        }
        return row.getBoolean("owns") ? Optional.of(row.getString("login") + " owns the tables") : Optional.empty();
    }
}
