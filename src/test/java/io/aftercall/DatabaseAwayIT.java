package io.aftercall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.Consistency;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.rpc.Client;
import io.aftercall.rpc.GrpcError;
import io.aftercall.rpc.Subscriber;
import io.grpc.Status.Code;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database crashes under a running server, and comes back. */
class DatabaseAwayIT {

    private static final String AGENT = "agent";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private ServerProcess server;
    private Client client;
    private Postmaster postmaster;
    private Subscriber subscriber;

    @BeforeEach
    void theDatabaseCrashesWithAnAcwOpen() throws IOException {
        server = ServerProcess.onFreshData();
        server.start();
        client = server.client();
        client.rules(AGENT, Policy.newBuilder().setDuration(Client.seconds(1)));
        subscriber = Subscriber.to(client.channel(), StreamAgentStatesRequest.getDefaultInstance())
                .untilSnapshotEnd();
        postmaster = server.postmaster();
        client.startAcw(AGENT, "call");
        postmaster.stopImmediately();
    }

    @AfterEach
    void stop() throws IOException {
        if (client != null) {
            client.close();
        }
        server.close();
    }

    @Test
    void callsAreRefusedAtOnceWithWhenToTryAgain() {
        Map<String, ThrowingCallable> calls = Map.of(
                "StartAcw", () -> client.startAcw("other", "call"),
                "GetAgentState", () -> client.state(AGENT),
                "UpdatePolicy", () -> client.rules("other", Policy.newBuilder().setMaxExtensions(1)));

        assertThat(calls).allSatisfy((name, call) -> {
            GrpcError error = GrpcError.of(call);
            assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
            assertThat(error.reason()).isEqualTo("DATABASE_UNAVAILABLE");
            assertThat(error.retry()).isPresent();
        });
    }

    @Test
    void aStreamIsRefusedTooAndMemoryIsStillRead() {
        Throwable ended = Subscriber.to(client.channel(), StreamAgentStatesRequest.getDefaultInstance())
                .ended()
                .orTimeout(10, java.util.concurrent.TimeUnit.SECONDS)
                .handle((done, failure) -> failure == null ? done : failure)
                .join();
        AgentState fromMemory = client.agents()
                .getAgentState(GetAgentStateRequest.newBuilder()
                        .setAgentId(AGENT)
                        .setConsistency(Consistency.newBuilder().setAny(true))
                        .build())
                .getAgentState();

        assertThat(GrpcError.of(ended).reason()).isEqualTo("DATABASE_UNAVAILABLE");
        assertThat(fromMemory.getAgentId()).isEqualTo(AGENT);
    }

    @Test
    void theServerLivesIsNotReadyAndRecoversByItself() throws IOException {
        await().atMost(PATIENCE).until(() -> server.answers("ready") == 503);
        await().atMost(PATIENCE).until(() -> serving() == ServingStatus.NOT_SERVING);
        assertThat(server.answers("live")).isEqualTo(200);

        postmaster.startAgain();
        await().atMost(PATIENCE).until(() -> server.answers("ready") == 200);

        await().atMost(PATIENCE).until(() -> serving() == ServingStatus.SERVING);
        assertThat(client.startAcw("other", "call").hasAcw()).isTrue();
        assertThat(client.state(AGENT).getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AVAILABLE);
        subscriber.untilEvent(event -> event.getChange().getEndReason() == AcwEndReason.ACW_END_REASON_TIMED_OUT);
        subscriber.untilEvent(event -> event.getChange().getState().getAgentId().equals("other"));
        assertThat(subscriber.ended()).isNotDone();
    }

    private ServingStatus serving() {
        return HealthGrpc.newBlockingStub(client.channel())
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }
}
