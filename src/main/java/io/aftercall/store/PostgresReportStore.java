package io.aftercall.store;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.AgentStatus;
import io.aftercall.engine.CallerGone;
import io.aftercall.engine.ReportEntries;
import io.aftercall.engine.ReportStore;
import io.aftercall.engine.TenantId;
import io.aftercall.report.AcwReport;
import io.aftercall.report.AcwReportQuery;
import io.aftercall.report.Cube;
import io.aftercall.report.ReportEntry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The tables {@code report_entry} and {@code report_hour}. Figures are worked out beside the event loop. */
@Singleton
public class PostgresReportStore implements ReportStore {

    static final String ENTER =
            "INSERT INTO report_entry (tenant_id, entry) SELECT $1, entry::json FROM unnest($2::text[]) AS entry";

    private static final String WAITING = "SELECT DISTINCT tenant_id FROM report_entry WHERE NOT set_aside";

    private static final String ALONE =
            "SELECT pg_try_advisory_xact_lock(hashtextextended('reports of ' || $1, 0)) AS alone";

    private static final String TAKE =
            """
            DELETE FROM report_entry
            WHERE tenant_id = $1 AND sequence IN (
                SELECT sequence FROM report_entry WHERE tenant_id = $1 AND NOT set_aside ORDER BY sequence LIMIT $2)
            RETURNING sequence, entry::text
            """;

    static final String SET_ASIDE =
            """
            INSERT INTO report_entry (tenant_id, sequence, entry, set_aside) OVERRIDING SYSTEM VALUE
            SELECT $1, sequence, entry::json, true FROM unnest($2::bigint[], $3::text[]) AS unreadable (sequence, entry)
            """;

    static final String TOUCHED =
            """
            SELECT cube, start_time, subject_id, figures
            FROM report_hour
            JOIN unnest($2::text[], $3::timestamptz[], $4::text[]) AS touched (cube, start_time, subject_id)
                USING (cube, start_time, subject_id)
            WHERE tenant_id = $1
            """;

    static final String WRITE =
            """
            INSERT INTO report_hour AS stored (tenant_id, cube, start_time, subject_id, figures, unreadable)
            SELECT $1, * FROM unnest($2::text[], $3::timestamptz[], $4::text[], $5::bytea[], $6::bytea[])
            ON CONFLICT (tenant_id, cube, start_time, subject_id)
                DO UPDATE SET figures = excluded.figures, unreadable = coalesce(stored.unreadable, excluded.unreadable)
            """;

    private static final String ENTRIES =
            "SELECT sequence, entry::text FROM report_entry WHERE tenant_id = $1 ORDER BY sequence";

    private static final String HOURS =
            """
            SELECT cube, start_time, subject_id, figures
            FROM report_hour
            WHERE tenant_id = $1 AND cube = $2 AND start_time >= $3 AND start_time < $4
                AND ($5::text[] IS NULL OR subject_id = ANY ($5))
            """;

    private static final String AGENTS =
            "SELECT agent_id, version, revision, state FROM agent WHERE tenant_id = $1 AND agent_id = ANY ($2::text[])";

    private static final int PORTION = 5_000;

    private final Pool pool;
    private final Vertx vertx;

    public PostgresReportStore(Pool pool, Vertx vertx) {
        this.pool = pool;
        this.vertx = vertx;
    }

    /** The parameters of {@link #ENTER}. */
    static Tuple entered(String tenant, List<ReportEntry> entries) {
        return Tuple.of(tenant)
                .addArrayOfString(entries.stream().map(ReportEntryJson::write).toArray(String[]::new));
    }

    @Override
    public CompletionStage<List<TenantId>> waiting() {
        return DatabaseFailures.stage(DatabaseRole.SWEEP
                .query(pool, WAITING, Tuple.tuple())
                .map(rows -> PostgresAgentStore.all(rows, row -> new TenantId(row.getString("tenant_id")))));
    }

    @Override
    public CompletionStage<Boolean> addUp(TenantId tenant, int most) {
        return DatabaseFailures.stage(DatabaseRole.runFor(tenant.value(), pool, connection -> connection
                .preparedQuery(ALONE)
                .execute(Tuple.of(tenant.value()))
                .compose(rows -> rows.iterator().next().getBoolean("alone")
                        ? addUp(connection, tenant.value(), most)
                        : Future.succeededFuture(false))));
    }

    private Future<Boolean> addUp(SqlConnection connection, String tenant, int most) {
        return connection.preparedQuery(TAKE).execute(Tuple.of(tenant, most)).compose(taken -> {
            if (taken.size() == 0) {
                return Future.succeededFuture(false);
            }
            return beside(() -> new ReportSum(tenant, taken))
                    .compose(sum -> setAside(connection, sum)
                            .compose(kept -> connection.preparedQuery(TOUCHED).execute(sum.places()))
                            .compose(stored -> beside(() -> sum.onto(stored))))
                    .compose(written -> connection.preparedQuery(WRITE).execute(written))
                    .map(done -> taken.size() == most);
        });
    }

    private static Future<?> setAside(SqlConnection connection, ReportSum sum) {
        return sum.setsAside() ? connection.preparedQuery(SET_ASIDE).execute(sum.setAside()) : Future.succeededFuture();
    }

    @Override
    public CompletionStage<AcwReport> report(
            TenantId tenant,
            AcwReportQuery query,
            int mostRows,
            Instant now,
            Set<AgentId> available,
            BooleanSupplier abandoned) {
        AcwReport report = new AcwReport(query, mostRows);
        ReportRows rows = new ReportRows(report);
        return DatabaseFailures.stage(DatabaseRole.readFor(tenant.value(), pool, connection -> {
            Consumer<Row> addWaiting = row -> waited(row, now, report);
            String[] agents = available.stream().map(AgentId::value).toArray(String[]::new);
            Portions portions = new Portions(connection, abandoned);
            return portions.each(HOURS, hours(tenant.value(), query), rows::addHour)
                    .compose(next -> portions.each(ENTRIES, Tuple.of(tenant.value()), rows::addEntry))
                    .compose(next ->
                            portions.each(AGENTS, Tuple.of(tenant.value()).addArrayOfString(agents), addWaiting))
                    .map(done -> {
                        rows.tell(tenant.value());
                        return report;
                    });
        }));
    }

    private static Tuple hours(String tenant, AcwReportQuery query) {
        Cube cube = query.cube();
        Set<String> subjects = query.only().get(cube.subject());
        return Tuple.of(
                        tenant,
                        cube.name(),
                        Columns.time(query.from().truncatedTo(ChronoUnit.HOURS)),
                        Columns.time(query.until()))
                .addValue(subjects == null ? null : subjects.toArray(String[]::new));
    }

    private static void waited(Row row, Instant now, AcwReport report) {
        AgentState agent = TransactionReading.agent(new AgentId(row.getString("agent_id")), row)
                .state();
        if (agent.status() == AgentStatus.AVAILABLE) {
            ReportEntries.waited(agent, now).post(report);
        }
    }

    /** Rows of one report: some are taken in while the next are on their way, for as long as somebody waits for it. */
    private final class Portions {
        private final SqlConnection connection;
        private final BooleanSupplier abandoned;

        Portions(SqlConnection connection, BooleanSupplier abandoned) {
            this.connection = connection;
            this.abandoned = abandoned;
        }

        Future<Void> each(String sql, Tuple parameters, Consumer<Row> work) {
            return connection.prepare(sql).compose(statement -> {
                Cursor cursor = statement.cursor(parameters);
                return cursor.read(PORTION)
                        .compose(first -> each(cursor, first, work))
                        .eventually(() -> statement.close());
            });
        }

        private Future<Void> each(Cursor cursor, RowSet<Row> rows, Consumer<Row> work) {
            if (abandoned.getAsBoolean()) {
                return Future.failedFuture(new CallerGone());
            }
            Future<RowSet<Row>> next = cursor.hasMore() ? cursor.read(PORTION) : Future.succeededFuture();
            Future<Void> done = beside(() -> {
                rows.forEach(work);
                return null;
            });
            return Future.join(next, done)
                    .compose(both ->
                            next.result() == null ? Future.succeededFuture() : each(cursor, next.result(), work));
        }
    }

    private <T> Future<T> beside(Callable<T> work) {
        return vertx.executeBlocking(work, false);
    }
}
