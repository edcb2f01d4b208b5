package io.aftercall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.api.v1.AgentStatus;
import io.aftercall.rpc.Client;
import io.aftercall.rpc.FreePorts;
import io.aftercall.rpc.GrpcError;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database is there, but connections to it are killed, hang, are all taken, or hold a lock in silence. */
@QuarkusTest
@TestProfile(DatabaseTroubleTest.FewConnections.class)
class DatabaseTroubleTest {

    private static final int MOST = 6;
    private static final int WRITES = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Pool pool;

    @ConfigProperty(name = FreePorts.GRPC_PORT_KEY)
    int port;

    private final String agent = Client.fresh("agent");
    private final Backends backends = new Backends();
    private Client client;

    public static class FewConnections implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.datasource.reactive.max-size", Integer.toString(MOST),
                    "aftercall.database.silence", "3s",
                    "aftercall.database.acquisition", "1s");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(DatabaseResource.class), new TestResourceEntry(FreePorts.class));
        }
    }

    @BeforeEach
    void connect() {
        client = new Client(port);
    }

    @AfterEach
    void disconnect() {
        backends.close();
        client.close();
    }

    @Test
    void whatIsWrittenWhileConnectionsAreKilledIsThereOnce() {
        List<CompletableFuture<Void>> writes = IntStream.range(0, WRITES)
                .mapToObj(i -> CompletableFuture.runAsync(() -> startUntilTold(agent + i)))
                .toList();

        while (!writes.stream().allMatch(CompletableFuture::isDone)) {
            backends.kill();
            long doneBefore = writes.stream().filter(CompletableFuture::isDone).count();
            await().atMost(PATIENCE)
                    .until(() ->
                            writes.stream().filter(CompletableFuture::isDone).count()
                                    > Math.min(doneBefore + WRITES / 10, WRITES - 1));
        }

        assertThat(writes).allSatisfy(write -> assertThat(write).isCompleted());
        assertThat(backends.count("SELECT count(*) FROM change_log WHERE cause = 'ACW_STARTED' AND agent_id LIKE '"
                        + agent + "%'"))
                .isEqualTo(WRITES);
        assertThat(client.state(agent + 0).getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AFTER_CALL_WORK);
    }

    @Test
    void aConnectionThatHangsIsGivenUpAndReplaced() {
        client.startAcw(agent, "before");
        backends.freeze();

        await().atMost(PATIENCE).until(() -> started(agent, "after"));

        assertThat(backends.frozen()).isPositive();
    }

    @Test
    void callsAreRefusedWithWhenToTryAgainWhileAllConnectionsAreTaken() throws Exception {
        List<SqlConnection> taken = new ArrayList<>();

        GrpcError error = await().atMost(PATIENCE)
                .until(() -> refusedAfterTaking(taken), Optional::isPresent)
                .get();

        assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(error.reason()).isEqualTo("DATABASE_UNAVAILABLE");
        assertThat(error.retry()).isPresent();
        taken.forEach(SqlConnection::close);
        await().atMost(PATIENCE).until(() -> started(agent, "call"));
    }

    @Test
    void whoHoldsTheTenantsLockInSilenceLosesIt() throws Exception {
        SqlConnection silent =
                pool.getConnection().toCompletionStage().toCompletableFuture().get();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        silent.exceptionHandler(ended::complete);
        backends.lockTenantOver(silent);

        await().atMost(PATIENCE).until(() -> started(agent, "call"));

        assertThat(ended.get()).isInstanceOfSatisfying(PgException.class, told -> assertThat(told.getSqlState())
                .isEqualTo("25P03"));
    }

    /** Those that are not missed are closed after a while, and others may be made in their place. */
    private Optional<GrpcError> refusedAfterTaking(List<SqlConnection> taken) throws InterruptedException {
        try {
            while (true) {
                taken.add(pool.getConnection()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get());
            }
        } catch (ExecutionException noMore) {
            return refusal(agent, "taken-" + taken.size());
        }
    }

    private void startUntilTold(String agentId) {
        await().atMost(PATIENCE).until(() -> started(agentId, "call"));
    }

    private boolean started(String agentId, String interaction) {
        return refusal(agentId, interaction).isEmpty();
    }

    private Optional<GrpcError> refusal(String agentId, String interaction) {
        try {
            client.startAcw(agentId, interaction);
            return Optional.empty();
        } catch (StatusRuntimeException refused) {
            assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
            return Optional.of(GrpcError.of(refused));
        }
    }
}
