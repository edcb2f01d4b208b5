package io.aftercall.store;

import io.aftercall.agent.AgentId;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.CommonOutlets;
import io.aftercall.engine.StoredAgent;
import io.aftercall.engine.TenantId;
import io.vertx.core.Future;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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

    private static final String HEADS = "SELECT tenant_id, epoch, revision, clock_timestamp() AS now FROM tenant";

    private static final String OVERDUE =
            """
            SELECT tenant_id, agent_id
            FROM (
                SELECT tenant_id, agent_id, due_time,
                    row_number() OVER (PARTITION BY tenant_id ORDER BY due_time) AS place
                FROM agent
                WHERE due_time < clock_timestamp() - $1::interval
            ) AS due
            WHERE place <= $2
            ORDER BY due_time
            """;

    private final Pool pool;
    private final CommonOutlets outlets;
    private final ChangeLogRetention retention;
    private final Map<TenantId, TransactionChain> chains = new ConcurrentHashMap<>();

    /** Tells nobody but webhooks and customers. */
    public PostgresAgentStore(Pool pool) {
        this(pool, CommonOutlets.NONE);
    }

    @Inject
    public PostgresAgentStore(Pool pool, CommonOutlets outlets) {
        this.pool = pool;
        this.outlets = outlets;
        this.retention = new ChangeLogRetention(pool);
    }

    @Override
    public CompletionStage<Committed> transact(TenantId tenant, Needs needs, Work work) {
        TransactionChain chain =
                chains.computeIfAbsent(tenant, any -> new TransactionChain(pool, tenant.value(), outlets));
        return DatabaseFailures.stage(chain.run(needs, work));
    }

    @Override
    public CompletionStage<Snapshot> snapshot(TenantId tenant) {
        return DatabaseFailures.stage(
                query(tenant, SNAPSHOT, Tuple.of(tenant.value())).map(PostgresAgentStore::snapshot));
    }

    @Override
    public CompletionStage<List<CommittedChange>> changesAfter(
            TenantId tenant, long revision, Instant since, int limit) {
        Tuple parameters = Tuple.of(tenant.value(), revision, Columns.time(since), limit);
        return DatabaseFailures.stage(
                query(tenant, ChangeRows.SELECT, parameters).map(rows -> all(rows, ChangeRows::read)));
    }

    @Override
    public CompletionStage<Head> head(TenantId tenant) {
        return DatabaseFailures.stage(DatabaseRole.FEED
                .query(pool, HEAD, Tuple.of(tenant.value()))
                .map(rows -> head(rows.iterator().next())));
    }

    @Override
    public CompletionStage<Void> renewEpoch(TenantId tenant, String lost) {
        return DatabaseFailures.stage(DatabaseRole.runFor(tenant.value(), pool, connection -> connection
                        .preparedQuery(TenantLock.TAKE)
                        .execute(Tuple.of(tenant.value()))
                        .compose(alone -> connection
                                .preparedQuery(RENEW_EPOCH)
                                .execute(Tuple.of(tenant.value(), UUID.fromString(lost)))))
                .mapEmpty());
    }

    @Override
    public CompletionStage<Map<TenantId, Head>> heads() {
        return DatabaseFailures.stage(
                DatabaseRole.FEED.query(pool, HEADS, Tuple.tuple()).map(rows -> {
                    Map<TenantId, Head> heads = new HashMap<>();
                    rows.forEach(row -> heads.put(new TenantId(row.getString("tenant_id")), head(row)));
                    return heads;
                }));
    }

    @Override
    public CompletionStage<Map<TenantId, List<AgentId>>> overdue(Duration since, int limit) {
        return DatabaseFailures.stage(DatabaseRole.SWEEP
                .query(pool, OVERDUE, Tuple.of(Interval.of(since), limit))
                .map(rows -> {
                    Map<TenantId, List<AgentId>> overdue = new HashMap<>();
                    for (Row row : rows) {
                        overdue.computeIfAbsent(new TenantId(row.getString("tenant_id")), any -> new ArrayList<>())
                                .add(new AgentId(row.getString("agent_id")));
                    }
                    return overdue;
                }));
    }

    @Override
    public CompletionStage<Void> forgetReplies(Duration age) {
        return DatabaseFailures.stage(DatabaseRole.RETENTION
                .query(pool, ReplyRows.FORGET, Tuple.of(Interval.of(age)))
                .mapEmpty());
    }

    @Override
    public CompletionStage<Void> forgetChanges(Duration age) {
        return DatabaseFailures.stage(retention.run(age));
    }

    private Future<RowSet<Row>> query(TenantId tenant, String sql, Tuple parameters) {
        return DatabaseRole.queryFor(tenant.value(), pool, sql, parameters);
    }

    private static Head head(Row row) {
        return new Head(
                row.getUUID("epoch").toString(),
                row.getLong("revision"),
                row.getOffsetDateTime("now").toInstant());
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
