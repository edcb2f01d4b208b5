package io.aftercall.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Locale;
import java.util.function.Function;

/**
 * As what a transaction works: each may do one job, see {@code db/roles.sql}. Put on for the transaction alone, so that
 * it does not matter which connection comes next, also behind a pooler.
 */
enum DatabaseRole {
    FEED,
    SWEEP,
    RETENTION,
    TENANTS;

    /** With a tenant's id: works on that tenant alone. */
    static final String FOR_TENANT =
            "SELECT set_config('role', 'aftercall_app', true), set_config('app.tenant', $1, true)";

    private final String putOn = "SET LOCAL ROLE aftercall_" + name().toLowerCase(Locale.ROOT);

    /** One transaction. */
    <T> Future<T> run(Pool pool, Function<SqlConnection, Future<T>> work) {
        return transaction(pool, this::putOn, work);
    }

    /** One statement, in one flight with all that is around it. */
    Future<RowSet<Row>> query(Pool pool, String sql, Tuple parameters) {
        return flight(pool, this::putOn, sql, parameters);
    }

    /** A transaction that sees and changes what is this tenant's. */
    static <T> Future<T> runFor(String tenant, Pool pool, Function<SqlConnection, Future<T>> work) {
        return transaction(pool, connection -> putOnFor(tenant, connection), work);
    }

    /** A transaction that sees what is this tenant's as it stood at one moment, and changes nothing. */
    static <T> Future<T> readFor(String tenant, Pool pool, Function<SqlConnection, Future<T>> work) {
        return transaction(
                pool,
                connection -> connection
                        .query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                        .execute()
                        .compose(set -> putOnFor(tenant, connection)),
                work);
    }

    /** One statement over what is this tenant's, in one flight with all that is around it. */
    static Future<RowSet<Row>> queryFor(String tenant, Pool pool, String sql, Tuple parameters) {
        return flight(pool, connection -> putOnFor(tenant, connection), sql, parameters);
    }

    private Future<?> putOn(SqlConnection connection) {
        return connection.query(putOn).execute();
    }

    private static Future<?> putOnFor(String tenant, SqlConnection connection) {
        return connection.preparedQuery(FOR_TENANT).execute(Tuple.of(tenant));
    }

    private static <T> Future<T> transaction(
            Pool pool, Function<SqlConnection, Future<?>> putOn, Function<SqlConnection, Future<T>> work) {
        return pool.withTransaction(connection -> putOn.apply(connection).compose(done -> work.apply(connection)));
    }

    private static Future<RowSet<Row>> flight(
            Pool pool, Function<SqlConnection, Future<?>> putOn, String sql, Tuple parameters) {
        return pool.withConnection(connection -> {
            Future<?> begun = connection.query("BEGIN").execute();
            Future<?> clothed = putOn.apply(connection);
            Future<RowSet<Row>> result = connection.preparedQuery(sql).execute(parameters);
            // Ends a transaction that has failed, too.
            Future<?> ended = connection.query("COMMIT").execute();
            // The first of them that failed says why.
            return begun.compose(first -> clothed)
                    .compose(second -> result)
                    .transform(done -> ended.transform(
                            last -> done.succeeded() && last.failed() ? Future.failedFuture(last.cause()) : result));
        });
    }
}
