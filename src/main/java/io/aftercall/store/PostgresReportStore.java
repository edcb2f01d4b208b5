package io.aftercall.store;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.AgentStatus;
import io.aftercall.engine.ReportEntries;
import io.aftercall.engine.ReportStore;
import io.aftercall.engine.TenantId;
import io.aftercall.report.AcwReport;
import io.aftercall.report.AcwReportQuery;
import io.aftercall.report.Cube;
import io.aftercall.report.CubeRows;
import io.aftercall.report.FigureBytes;
import io.aftercall.report.HourFigures;
import io.aftercall.report.ReportEntry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The tables {@code report_entry} and {@code report_hour}. Figures are worked out beside the event loop. */
@Singleton
public class PostgresReportStore implements ReportStore {

    static final String ENTER =
            "INSERT INTO report_entry (tenant_id, entry) SELECT $1, entry::json FROM unnest($2::text[]) AS entry";

    private static final String WAITING = "SELECT DISTINCT tenant_id FROM report_entry";

    private static final String ALONE =
            "SELECT pg_try_advisory_xact_lock(hashtextextended('reports of ' || $1, 0)) AS alone";

    private static final String TAKE =
            """
            DELETE FROM report_entry
            WHERE tenant_id = $1 AND sequence IN (
                SELECT sequence FROM report_entry WHERE tenant_id = $1 ORDER BY sequence LIMIT $2)
            RETURNING sequence, entry
            """;

    private static final String TOUCHED =
            """
            SELECT cube, start_time, subject_id, figures
            FROM report_hour
            JOIN unnest($2::text[], $3::timestamptz[], $4::text[]) AS touched (cube, start_time, subject_id)
                USING (cube, start_time, subject_id)
            WHERE tenant_id = $1
            """;

    private static final String WRITE =
            """
            INSERT INTO report_hour (tenant_id, cube, start_time, subject_id, figures)
            SELECT $1, * FROM unnest($2::text[], $3::timestamptz[], $4::text[], $5::bytea[])
            ON CONFLICT (tenant_id, cube, start_time, subject_id) DO UPDATE SET figures = excluded.figures
            """;

    private static final String ENTRIES = "SELECT entry FROM report_entry WHERE tenant_id = $1 ORDER BY sequence";

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
            return beside(() -> Sum.of(taken))
                    .compose(sum -> connection
                            .preparedQuery(TOUCHED)
                            .execute(places(tenant, sum.touched()))
                            .compose(stored -> beside(() -> sum.onto(tenant, stored))))
                    .compose(written -> connection.preparedQuery(WRITE).execute(written))
                    .map(done -> taken.size() == most);
        });
    }

    /** Entries and the rows that they add to. */
    private record Sum(List<ReportEntry> entries, List<CubeRows.Row> touched) {

        static Sum of(RowSet<Row> taken) {
            List<Row> rows = PostgresAgentStore.all(taken, row -> row);
            rows.sort(Comparator.comparing(row -> row.getLong("sequence")));
            List<ReportEntry> entries =
                    rows.stream().map(PostgresReportStore::entry).toList();
            return new Sum(entries, List.copyOf(CubeRows.touchedBy(entries)));
        }

        /** The parameters of {@link #WRITE}. */
        Tuple onto(String tenant, RowSet<Row> stored) {
            Map<CubeRows.Row, HourFigures> rows = new HashMap<>();
            stored.forEach(row -> rows.put(place(row), figures(row)));
            CubeRows sums = new CubeRows(rows);
            entries.forEach(entry -> entry.post(sums));
            return places(tenant, touched)
                    .addArrayOfBuffer(touched.stream()
                            .map(place -> Buffer.buffer(FigureBytes.write(rows.get(place))))
                            .toArray(Buffer[]::new));
        }
    }

    @Override
    public CompletionStage<AcwReport> report(
            TenantId tenant, AcwReportQuery query, int mostRows, Instant now, Set<AgentId> available) {
        AcwReport report = new AcwReport(query, mostRows);
        return DatabaseFailures.stage(DatabaseRole.readFor(tenant.value(), pool, connection -> {
            Consumer<Row> addHour = row -> report.add(place(row), bytes(row));
            Consumer<Row> addEntry = row -> entry(row).post(report);
            Consumer<Row> addWaiting = row -> waited(row, now, report);
            String[] agents = available.stream().map(AgentId::value).toArray(String[]::new);
            return each(connection, HOURS, hours(tenant.value(), query), addHour)
                    .compose(next -> each(connection, ENTRIES, Tuple.of(tenant.value()), addEntry))
                    .compose(next ->
                            each(connection, AGENTS, Tuple.of(tenant.value()).addArrayOfString(agents), addWaiting))
                    .map(done -> report);
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

    /** Some are taken in while the next are on their way. */
    private Future<Void> each(SqlConnection connection, String sql, Tuple parameters, Consumer<Row> work) {
        return connection.prepare(sql).compose(statement -> {
            Cursor cursor = statement.cursor(parameters);
            return cursor.read(PORTION)
                    .compose(first -> each(cursor, first, work))
                    .eventually(() -> statement.close());
        });
    }

    private Future<Void> each(Cursor cursor, RowSet<Row> rows, Consumer<Row> work) {
        Future<RowSet<Row>> next = cursor.hasMore() ? cursor.read(PORTION) : Future.succeededFuture();
        Future<Void> done = beside(() -> {
            rows.forEach(work);
            return null;
        });
        return Future.join(next, done)
                .compose(both -> next.result() == null ? Future.succeededFuture() : each(cursor, next.result(), work));
    }

    private <T> Future<T> beside(Callable<T> work) {
        return vertx.executeBlocking(work, false);
    }

    private static Tuple places(String tenant, List<CubeRows.Row> places) {
        Tuple parameters = Tuple.of(tenant);
        new Columns<>(places, parameters)
                .text(place -> place.cube().name())
                .time(CubeRows.Row::hour)
                .text(CubeRows.Row::subjectId);
        return parameters;
    }

    private static CubeRows.Row place(Row row) {
        return new CubeRows.Row(
                Cube.valueOf(row.getString("cube")),
                row.getOffsetDateTime("start_time").toInstant(),
                row.getString("subject_id"));
    }

    private static HourFigures figures(Row row) {
        return FigureBytes.read(bytes(row));
    }

    private static byte[] bytes(Row row) {
        return row.getBuffer("figures").getBytes();
    }

    private static ReportEntry entry(Row row) {
        return ReportEntryJson.read((JsonObject) row.getValue("entry"));
    }
}
