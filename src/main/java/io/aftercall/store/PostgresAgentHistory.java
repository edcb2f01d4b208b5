package io.aftercall.store;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.AgentStatus;
import io.aftercall.agent.ChangeCause;
import io.aftercall.agent.EndedAcw;
import io.aftercall.engine.AgentHistory;
import io.aftercall.engine.TenantId;
import io.aftercall.report.StatusEntry;
import io.aftercall.wrapup.WrapUpStatus;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The log of changes and the ACWs of one agent. */
@Singleton
public class PostgresAgentHistory implements AgentHistory {

    /** Nobody does so much in a day and a half, but tests of load. */
    static final int MOST_CHANGES = 20_000;

    /** What has happened until then may be written down in one go, a while later. */
    private static final int AFTERWARDS = 20;

    /** What lasts longer is found where it ended. */
    private static final Duration LONGEST = Duration.ofDays(7);

    /**
     * The status after a change is the one before the next. A state is read where that does not say enough: to take it
     * apart is what costs.
     */
    private static final String CHANGES =
            """
            WITH near AS (
                (SELECT * FROM change_log WHERE tenant_id = $1 AND agent_id = $2 AND change_time < $3
                    ORDER BY change_time DESC, revision DESC LIMIT 1)
                UNION ALL
                (SELECT * FROM change_log
                    WHERE tenant_id = $1 AND agent_id = $2 AND change_time >= $3 AND change_time < $4
                    ORDER BY change_time DESC, revision DESC LIMIT $5)
                UNION ALL
                (SELECT * FROM change_log WHERE tenant_id = $1 AND agent_id = $2 AND change_time >= $4
                    ORDER BY change_time, revision LIMIT $6)
            ), told AS (
                SELECT *, lead(previous_status) OVER in_order AS status, row_number() OVER in_order AS place,
                    count(*) FILTER (WHERE change_time >= $3 AND change_time < $4) OVER () AS changes
                FROM near WINDOW in_order AS (ORDER BY change_time, revision)
            )
            SELECT change_time, cause, version, previous_status, status, changes,
                state ->> 'status_since_time' AS since_time, state #>> '{presence,not_ready_reason}' AS not_ready_reason,
                CASE WHEN status IS NULL THEN state END AS state
            FROM told
            WHERE place = 1 OR version = 1 OR status IS DISTINCT FROM previous_status OR status = 'NOT_READY'
                OR cause = 'AGENT_DELETED'
            ORDER BY place
            """;

    private static final String KEPT =
            """
            SELECT t.revision AS head, kept.revision, coalesce(kept.change_time, clock_timestamp()) AS since_time
            FROM tenant t LEFT JOIN LATERAL (
                SELECT revision, change_time FROM change_log WHERE tenant_id = $1 ORDER BY revision LIMIT 1
            ) AS kept ON true
            WHERE t.tenant_id = $1
            """;

    private static final String AGENT =
            "SELECT version, revision, state FROM agent WHERE tenant_id = $1 AND agent_id = $2";

    private static final String ENDED =
            """
            SELECT a.*, count(*) OVER () AS acws, w.status,
                coalesce(
                    (SELECT min(write_time) FROM wrap_up_revision r
                        WHERE r.tenant_id = a.tenant_id AND r.agent_id = a.agent_id
                            AND r.interaction_id = a.interaction_id AND r.status = 'FINAL'),
                    CASE WHEN w.status = 'FINAL' THEN w.write_time END) > a.end_time AS late
            FROM acw a LEFT JOIN wrap_up w USING (tenant_id, agent_id, interaction_id)
            WHERE tenant_id = $1 AND agent_id = $2 AND outcome = 'ENDED'
                AND a.end_time > $3 AND a.end_time < $5 AND a.start_time < $4
            ORDER BY a.start_time DESC, interaction_id DESC
            LIMIT $6
            """;

    private final Pool pool;

    public PostgresAgentHistory(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Past> past(TenantId tenant, AgentId agentId, Instant from, Instant until, int mostAcws) {
        Tuple whose = Tuple.of(tenant.value(), agentId.value());
        Tuple changes = Tuple.of(tenant.value(), agentId.value(), Columns.time(from), Columns.time(until))
                .addInteger(MOST_CHANGES)
                .addInteger(AFTERWARDS);
        Tuple acws = Tuple.of(tenant.value(), agentId.value(), Columns.time(from), Columns.time(until))
                .addValue(Columns.time(until.plus(LONGEST)))
                .addInteger(mostAcws);
        return DatabaseFailures.stage(DatabaseRole.readFor(tenant.value(), pool, connection -> {
            Future<RowSet<Row>> log = query(connection, CHANGES, changes);
            Future<RowSet<Row>> kept = query(connection, KEPT, Tuple.of(tenant.value()));
            Future<RowSet<Row>> agent = query(connection, AGENT, whose);
            Future<RowSet<Row>> ended = query(connection, ENDED, acws);
            return Future.all(log, kept, agent, ended)
                    .map(all -> past(agentId, agent.result(), log.result(), kept.result(), ended.result()));
        }));
    }

    private static Future<RowSet<Row>> query(SqlConnection connection, String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters);
    }

    private static Past past(AgentId agentId, RowSet<Row> agents, RowSet<Row> log, RowSet<Row> kept, RowSet<Row> acws) {
        Optional<AgentState> agent =
                PostgresAgentStore.all(agents, row -> TransactionReading.agent(agentId, row)
                                .state())
                        .stream()
                        .findFirst();
        List<StatusEntry> entries = PostgresAgentStore.all(log, row -> entry(agentId, row));
        Optional<Instant> since = PostgresAgentStore.all(kept, PostgresAgentHistory::keptSince).stream()
                .findFirst()
                .flatMap(found -> found);
        if (cut(log)) {
            // What was before the first of so many is not adjacent to it.
            entries = entries.subList(1, entries.size());
            since = Optional.of(entries.get(0).time());
        }
        List<WrittenUp> ended = PostgresAgentStore.all(acws, PostgresAgentHistory::ended);
        Collections.reverse(ended);
        int all = acws.size() == 0 ? 0 : Math.toIntExact(acws.iterator().next().getLong("acws"));
        return new Past(agent, entries, since, ended, all - ended.size());
    }

    private static boolean cut(RowSet<Row> log) {
        return log.size() > 1 && log.iterator().next().getLong("changes") == MOST_CHANGES;
    }

    private static StatusEntry entry(AgentId agentId, Row row) {
        boolean deleted = ChangeCause.valueOf(row.getString("cause")) == ChangeCause.AGENT_DELETED;
        return new StatusEntry(
                SettledAcwRows.time(row, "change_time"),
                Instant.parse(row.getString("since_time")),
                AgentStatus.valueOf(row.getString("previous_status")),
                deleted ? null : status(agentId, row),
                row.getString("not_ready_reason"),
                row.getLong("version") == 1);
    }

    private static AgentStatus status(AgentId agentId, Row row) {
        String next = row.getString("status");
        return next != null
                ? AgentStatus.valueOf(next)
                : AgentStateJson.read(agentId, row.getLong("version"), row.getJsonObject("state"))
                        .status();
    }

    /** Empty if the log begins with the tenant's first change, or there was none. */
    private static Optional<Instant> keptSince(Row row) {
        Long first = row.getLong("revision");
        boolean all = first == null ? row.getLong("head") == 0 : first == 1;
        return all ? Optional.empty() : Optional.of(SettledAcwRows.time(row, "since_time"));
    }

    private static WrittenUp ended(Row row) {
        return new WrittenUp(
                (EndedAcw) SettledAcwRows.read(row),
                SettledAcwRows.choice(WrapUpStatus.class, row.getString("status")),
                Boolean.TRUE.equals(row.getBoolean("late")));
    }
}
