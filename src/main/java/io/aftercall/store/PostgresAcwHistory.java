package io.aftercall.store;

import io.aftercall.agent.SettledAcw;
import io.aftercall.engine.AcwHistory;
import io.aftercall.engine.TenantId;
import io.aftercall.forecast.AcwDurations;
import io.aftercall.forecast.DurationHistogram;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Ended ACWs in the table {@code acw}. */
@Singleton
public class PostgresAcwHistory implements AcwHistory {

    /** Until a moment ago: what was decided before that has been committed. */
    private static final String NOW = "SELECT clock_timestamp() - interval '5 seconds' AS until";

    private static final String DURATIONS =
            """
            SELECT agent_id, queue_id, count(*)::int AS acws,
                least($4::int, floor(ln(greatest(1, extract(epoch FROM end_time - start_time - CASE
                        WHEN pauses IS NULL THEN interval '0'
                        ELSE (SELECT sum((pause ->> 'until_time')::timestamptz - (pause ->> 'since_time')::timestamptz)
                            FROM json_array_elements(pauses) AS pause)
                    END)::float8)) / ln($5::float8))::int) AS bucket
            FROM acw
            WHERE tenant_id = $1 AND outcome = 'ENDED' AND end_reason IN ('COMPLETED', 'TIMED_OUT')
                AND end_time > $2 AND end_time <= $3
            GROUP BY agent_id, queue_id, bucket
            """;

    /** A stretch of time for which the index finds a few blocks, and what is sorted stays small. */
    private static final Duration STRETCH = Duration.ofMinutes(10);

    private static final int PAGE = 1_000;

    private static final String SETTLED =
            """
            SELECT *
            FROM acw
            WHERE tenant_id = $1 AND outcome IN ('ENDED', 'NOT_REQUIRED')
                AND end_time >= $2 AND end_time < $5
                AND (end_time, agent_id, interaction_id) > ($2, $3, $4)
            ORDER BY end_time, agent_id, interaction_id
            LIMIT $6
            """;

    private final Pool pool;

    public PostgresAcwHistory(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Taken> durations(TenantId tenant, Optional<Instant> after, Duration back) {
        return DatabaseFailures.stage(pool.query(NOW).execute().compose(rows -> {
            Instant until = until(rows);
            return DatabaseRole.queryFor(
                            tenant.value(), pool, DURATIONS, period(tenant, after.orElse(until.minus(back)), until))
                    .map(counts -> new Taken(until, counts(counts)));
        }));
    }

    @Override
    public CompletionStage<Page> page(TenantId tenant, Place after, Instant until) {
        Instant stretch = after.endTime().plus(STRETCH);
        Instant before = stretch.isBefore(until) ? stretch : until;
        Tuple parameters = Tuple.of(
                tenant.value(),
                Columns.time(after.endTime()),
                after.agentId(),
                after.interactionId(),
                Columns.time(before),
                PAGE);
        return DatabaseFailures.stage(DatabaseRole.queryFor(tenant.value(), pool, SETTLED, parameters)
                .map(rows -> page(PostgresAgentStore.all(rows, SettledAcwRows::read), rows, before)));
    }

    private static Page page(List<SettledAcw> settled, RowSet<Row> rows, Instant before) {
        if (settled.size() < PAGE) {
            return new Page(settled, new Place(before, "", ""));
        }
        Row last = null;
        for (Row row : rows) {
            last = row;
        }
        return new Page(
                settled,
                new Place(
                        last.getOffsetDateTime("end_time").toInstant(),
                        last.getString("agent_id"),
                        last.getString("interaction_id")));
    }

    private static Instant until(RowSet<Row> rows) {
        return rows.iterator().next().getOffsetDateTime("until").toInstant();
    }

    private static Tuple period(TenantId tenant, Instant after, Instant until) {
        return Tuple.of(
                tenant.value(),
                Columns.time(after),
                Columns.time(until),
                DurationHistogram.LAST,
                DurationHistogram.GROWTH);
    }

    private static List<AcwDurations.Count> counts(RowSet<Row> rows) {
        return PostgresAgentStore.all(
                rows,
                row -> new AcwDurations.Count(
                        row.getString("agent_id"),
                        row.getString("queue_id"),
                        row.getInteger("bucket"),
                        row.getInteger("acws")));
    }
}
