package io.aftercall.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.api.v1.AcwServiceGrpc;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.faults.Cluster.Replica;
import io.aftercall.rpc.Client;
import io.grpc.ManagedChannel;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A replica is paused in the middle of a transaction, with the lock that all who write must have. */
class PausedWriterIT {

    private static final String HELD_BY_AN_IDLE_ONE =
            """
            SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE locktype = 'advisory' AND granted AND state = 'idle in transaction'
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicBoolean writing = new AtomicBoolean(true);
    private final ExecutorService writer = Executors.newSingleThreadExecutor();

    @Test
    void theOthersWriteOnAllTheSame() throws Exception {
        try (Cluster cluster = new Cluster();
                Connection database = cluster.database()) {
            Replica paused = cluster.replicas().get(0);
            List<ManagedChannel> channels = cluster.connect();
            writer.execute(() -> write(channels.get(0)));

            await().atMost(PATIENCE).until(() -> pausedWithTheLock(paused, database));

            assertThat(start(channels.get(1), "other")).isTrue();
            writing.set(false);
            paused.resume();
            await().atMost(PATIENCE).until(() -> start(channels.get(0), "again"));
            channels.forEach(ManagedChannel::shutdownNow);
        } finally {
            writing.set(false);
            writer.shutdownNow();
        }
    }

    private static boolean pausedWithTheLock(Replica replica, Connection database) throws SQLException {
        replica.pause();
        try (Statement statement = database.createStatement()) {
            ResultSet row = statement.executeQuery(HELD_BY_AN_IDLE_ONE);
            row.next();
            if (row.getInt(1) > 0) {
                return true;
            }
        }
        replica.resume();
        return false;
    }

    private void write(ManagedChannel channel) {
        for (int call = 0; writing.get(); call++) {
            start(channel, "agent-" + call);
        }
    }

    /** Whether the call was accepted within its time. */
    private static boolean start(ManagedChannel channel, String agentId) {
        try {
            return AcwServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .startAcw(StartAcwRequest.newBuilder()
                            .setAgentId(agentId)
                            .setInteraction(Client.call("call"))
                            .build())
                    .hasAcw();
        } catch (io.grpc.StatusRuntimeException refused) {
            return false;
        }
    }
}
