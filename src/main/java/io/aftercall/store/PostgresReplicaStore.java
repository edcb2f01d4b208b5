package io.aftercall.store;

import io.aftercall.engine.ReplicaStore;
import io.vertx.core.Future;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The table {@code replica}. */
@Singleton
public class PostgresReplicaStore implements ReplicaStore {

    /** Those that never said good-bye are kept for an hour, for whoever looks into the table. */
    private static final String BEAT =
            """
            WITH beaten AS (
                INSERT INTO replica (replica_id, beat_time) VALUES ($1, clock_timestamp())
                ON CONFLICT (replica_id) DO UPDATE SET beat_time = excluded.beat_time
            ), forgotten AS (
                DELETE FROM replica WHERE beat_time < clock_timestamp() - interval '1 hour' AND replica_id <> $1
            )
            SELECT replica_id FROM replica
            WHERE replica_id <> $1 AND beat_time > clock_timestamp() - $2::interval
            """;

    private static final String LEAVE = "DELETE FROM replica WHERE replica_id = $1";

    private final Pool pool;

    public PostgresReplicaStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Set<UUID>> beat(UUID replica, Duration lately) {
        return DatabaseFailures.stage(DatabaseRole.FEED
                .query(pool, BEAT, Tuple.of(replica, Interval.of(lately)))
                .map(rows -> Set.copyOf(PostgresAgentStore.all(rows, row -> row.getUUID("replica_id")))));
    }

    @Override
    public CompletionStage<Void> leave(UUID replica) {
        Future<Void> left =
                DatabaseRole.FEED.query(pool, LEAVE, Tuple.of(replica)).mapEmpty();
        return DatabaseFailures.stage(left);
    }
}
