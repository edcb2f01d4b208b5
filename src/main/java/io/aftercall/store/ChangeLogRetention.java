package io.aftercall.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/** Adds the partitions of {@code change_log} for the days to come and drops those that are old. */
final class ChangeLogRetention {

    /** Whoever writes may have to wait behind us for as long as we wait for somebody else. */
    private static final String NOT_FOR_LONG = "SET LOCAL lock_timeout = '200ms'";

    /** Two numbers are never the lock of a tenant, which is one. */
    private static final String ALONE =
            """
            SELECT pg_try_advisory_xact_lock('change_log'::regclass::oid::int, 0) AS alone, clock_timestamp() AS now
            """;

    private static final String PARTITIONS =
            """
            SELECT relname, bounds[1]::timestamptz AS start_time, bounds[2]::timestamptz AS end_time
            FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid,
                regexp_match(pg_get_expr(relpartbound, pg_class.oid), $$FROM \\('(.+)'\\) TO \\('(.+)'\\)$$) AS bounds
            WHERE inhparent = 'change_log'::regclass AND bounds IS NOT NULL
            """;

    private static final String LOCK_LOG = "LOCK TABLE ONLY change_log";
    private static final String LOCK_DEFAULT = "LOCK TABLE change_log_default";

    private static final String IN_DEFAULT =
            "SELECT 1 FROM change_log_default WHERE change_time >= $1 AND change_time < $2 LIMIT 1";

    private static final String FORGET_IN_DEFAULT = "DELETE FROM change_log_default WHERE change_time < $1";

    private static final String DETACH_DEFAULT = "ALTER TABLE change_log DETACH PARTITION change_log_default";
    private static final String RENAME_DEFAULT = "ALTER TABLE change_log_default RENAME TO ";
    private static final String ATTACH_DEFAULT = "ALTER TABLE change_log ATTACH PARTITION change_log_default DEFAULT";

    private final Pool pool;

    ChangeLogRetention(Pool pool) {
        this.pool = pool;
    }

    /** In transactions of their own: that old days cannot go yet is no reason to add no new ones. */
    Future<Void> run(Duration kept) {
        Future<Void> dropped = alone((connection, partitions) -> drop(connection, partitions, kept));
        return dropped.transform(any -> alone(ChangeLogRetention::add)).compose(added -> dropped);
    }

    /** Does nothing if another replica is at it. */
    private Future<Void> alone(BiFunction<SqlConnection, ChangeLogPartitions, Future<Void>> work) {
        return DatabaseRole.RETENTION.run(pool, connection -> run(connection, NOT_FOR_LONG)
                .compose(set -> connection.query(ALONE).execute())
                .map(rows -> rows.iterator().next())
                .compose(row -> row.getBoolean("alone")
                        ? partitions(connection, time(row, "now")).compose(found -> work.apply(connection, found))
                        : Future.succeededFuture()));
    }

    private static Future<ChangeLogPartitions> partitions(SqlConnection connection, Instant now) {
        return connection
                .query(PARTITIONS)
                .execute()
                .map(rows -> new ChangeLogPartitions(now, PostgresAgentStore.all(rows, ChangeLogRetention::partition)));
    }

    private static Future<Void> drop(SqlConnection connection, ChangeLogPartitions partitions, Duration kept) {
        Future<Void> done = connection
                .preparedQuery(FORGET_IN_DEFAULT)
                .execute(Tuple.of(Columns.time(partitions.now().minus(kept))))
                .mapEmpty();
        for (ChangeLogPartition old : partitions.olderThan(kept)) {
            done = done.compose(next -> run(connection, old.drop()));
        }
        return done;
    }

    private static Future<Void> add(SqlConnection connection, ChangeLogPartitions partitions) {
        List<ChangeLogPartition> missing = partitions.missing();
        if (missing.isEmpty()) {
            return Future.succeededFuture();
        }
        ChangeLogPartition first = missing.get(0);
        // Readers lock the log before its partitions, so that is the order to do it in.
        Future<Void> done = (partitions.ranOut() ? run(connection, LOCK_LOG) : Future.<Void>succeededFuture())
                .compose(locked -> run(connection, LOCK_DEFAULT))
                .compose(locked -> connection
                        .preparedQuery(IN_DEFAULT)
                        .execute(Tuple.of(Columns.time(first.start()), Columns.time(first.end()))))
                .compose(found -> found.size() > 0
                        ? run(
                                connection,
                                DETACH_DEFAULT,
                                RENAME_DEFAULT + first.name(),
                                first.attach(),
                                ChangeLogPartition.create("change_log_default"),
                                ATTACH_DEFAULT)
                        : run(connection, first.create(), first.attach()));
        for (ChangeLogPartition next : missing.subList(1, missing.size())) {
            done = done.compose(before -> run(connection, next.create(), next.attach()));
        }
        return done;
    }

    private static Future<Void> run(SqlConnection connection, String... statements) {
        Future<Void> done = Future.succeededFuture();
        for (String statement : statements) {
            done = done.compose(next -> connection.query(statement).execute().mapEmpty());
        }
        return done;
    }

    private static ChangeLogPartition partition(Row row) {
        return new ChangeLogPartition(row.getString("relname"), time(row, "start_time"), time(row, "end_time"));
    }

    private static Instant time(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
