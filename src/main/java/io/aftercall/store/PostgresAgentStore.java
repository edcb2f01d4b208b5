package io.aftercall.store;

import io.aftercall.agent.AgentId;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.StoredAgent;
import io.aftercall.engine.TenantId;
import io.vertx.core.Future;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Agents, settled ACWs and the log on PostgreSQL. */
@Singleton
public class PostgresAgentStore implements AgentStore {

    private static final String HEAD =
            "SELECT epoch, revision, clock_timestamp() AS now FROM tenant WHERE tenant_id = $1";

    private static final String RENEW_EPOCH =
            "UPDATE tenant SET epoch = gen_random_uuid() WHERE tenant_id = $1 AND epoch = $2";

    private static final String SNAPSHOT =
            """
            SELECT t.revision AS head, t.epoch, a.agent_id, a.version, a.revision, a.state
            FROM tenant t LEFT JOIN agent a USING (tenant_id)
            WHERE t.tenant_id = $1
            """;

    private static final String OVERDUE =
            """
            SELECT agent_id FROM agent
            WHERE tenant_id = $1 AND due_time < clock_timestamp() - $2::interval
            ORDER BY due_time
            LIMIT $3
            """;

    private final Pool pool;
    private final ChangeLogRetention retention;
    private final Map<TenantId, TransactionChain> chains = new ConcurrentHashMap<>();

    public PostgresAgentStore(Pool pool) {
        this.pool = pool;
        this.retention = new ChangeLogRetention(pool);
    }

    @Override
    public CompletionStage<Committed> transact(TenantId tenant, Needs needs, Work work) {
        TransactionChain chain = chains.computeIfAbsent(tenant, any -> new TransactionChain(pool, tenant.value()));
        return DatabaseFailures.stage(chain.run(needs, work));
    }

    @Override
    public CompletionStage<Snapshot> snapshot(TenantId tenant) {
        return DatabaseFailures.stage(query(SNAPSHOT, Tuple.of(tenant.value())).map(PostgresAgentStore::snapshot));
    }

    @Override
    public CompletionStage<List<CommittedChange>> changesAfter(
            TenantId tenant, long revision, Instant since, int limit) {
        Tuple parameters = Tuple.of(tenant.value(), revision, Columns.time(since), limit);
        return DatabaseFailures.stage(query(ChangeRows.SELECT, parameters).map(rows -> all(rows, ChangeRows::read)));
    }

    @Override
    public CompletionStage<Head> head(TenantId tenant) {
        return DatabaseFailures.stage(query(HEAD, Tuple.of(tenant.value())).map(rows -> {
            Row row = rows.iterator().next();
            return new Head(
                    row.getUUID("epoch").toString(),
                    row.getLong("revision"),
                    row.getOffsetDateTime("now").toInstant());
        }));
    }

    @Override
    public CompletionStage<Void> renewEpoch(TenantId tenant, String lost) {
        return DatabaseFailures.stage(pool.withTransaction(connection -> connection
                        .preparedQuery(TenantLock.TAKE)
                        .execute(Tuple.of(tenant.value()))
                        .compose(alone -> connection
                                .preparedQuery(RENEW_EPOCH)
                                .execute(Tuple.of(tenant.value(), UUID.fromString(lost)))))
                .mapEmpty());
    }

    @Override
    public CompletionStage<List<AgentId>> overdue(TenantId tenant, Duration since, int limit) {
        return DatabaseFailures.stage(query(OVERDUE, Tuple.of(tenant.value(), Interval.of(since), limit))
                .map(rows -> all(rows, row -> new AgentId(row.getString("agent_id")))));
    }

    @Override
    public CompletionStage<Void> forgetReplies(Duration age) {
        return DatabaseFailures.stage(
                query(ReplyRows.FORGET, Tuple.of(Interval.of(age))).mapEmpty());
    }

    @Override
    public CompletionStage<Void> forgetChanges(Duration age) {
        return DatabaseFailures.stage(retention.run(age));
    }

    private Future<RowSet<Row>> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters);
    }

    private static Snapshot snapshot(RowSet<Row> rows) {
        List<StoredAgent> agents = new ArrayList<>();
        long revision = 0;
        String epoch = null;
        for (Row row : rows) {
            revision = row.getLong("head");
            epoch = row.getUUID("epoch").toString();
            if (row.getString("agent_id") != null) {
                agents.add(TransactionReading.agent(new AgentId(row.getString("agent_id")), row));
            }
        }
        if (epoch == null) {
            throw new IllegalStateException("There is no such tenant");
        }
        return new Snapshot(revision, epoch, agents);
    }

    static <T> List<T> all(RowSet<Row> rows, Function<Row, T> read) {
        List<T> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(read.apply(row)));
        return all;
    }
}
