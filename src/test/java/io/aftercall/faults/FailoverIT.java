package io.aftercall.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.ServerProcess;
import io.aftercall.api.v1.AgentStateChangeCause;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamDelivery;
import io.aftercall.rpc.Client;
import io.aftercall.rpc.GrpcError;
import io.aftercall.rpc.Subscriber;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another database server takes over under a running one of ours, which knows only an address. */
class FailoverIT {

    private static final int AGENTS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final StreamAgentStatesRequest EVERY_CHANGE = StreamAgentStatesRequest.newBuilder()
            .setDelivery(StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE)
            .build();

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private DatabasePair databases;
    private TcpProxy address;
    private ServerProcess server;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        databases = DatabasePair.create();
        address = new TcpProxy(vertx, databases.primaryPort());
        server = ServerProcess.over(address.port(), databases.password());
    }

    @AfterEach
    void stop() throws Exception {
        if (client != null) {
            client.close();
        }
        server.close();
        databases.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whatWasAcknowledgedIsThereOnceWhenASynchronousStandbyTakesOver() throws Exception {
        databases.follow();
        client = server.start().client();
        Subscriber watcher = Subscriber.to(client.channel(), EVERY_CHANGE).untilSnapshotEnd();
        String tokenBefore = watcher.lastToken();
        CompletableFuture<Void> load = CompletableFuture.runAsync(this::startAllUntilTold);
        await().atMost(PATIENCE).until(() -> acknowledged.size() > AGENTS / 3);

        databases.promoteAfterCrash();
        address.to(databases.standbyPort());
        load.join();

        assertThat(acknowledged).hasSize(AGENTS);
        Subscriber resumed = Subscriber.to(
                client.channel(),
                EVERY_CHANGE.toBuilder().setResumeToken(tokenBefore).build());
        for (Subscriber one : List.of(watcher, resumed)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(started(one)).containsExactlyInAnyOrderElementsOf(acknowledged));
            assertThat(one.changes())
                    .extracting(change -> change.getRevision())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, one.changes().size())
                                    .boxed()
                                    .toList());
            assertThat(one.ended()).isNotDone();
        }
    }

    @Test
    void whoKnewWhatARestoredDatabaseHasLostIsToldSo() throws Exception {
        client = server.start().client();
        client.startAcw("kept", "call");
        databases.backUp();
        databases.restartPrimary();
        await().atMost(PATIENCE).until(() -> started("lost", "call"));
        Subscriber watcher = Subscriber.to(client.channel(), EVERY_CHANGE).untilSnapshotEnd();
        String token = watcher.lastToken();

        databases.restoreBackup();
        address.to(databases.standbyPort());

        await().atMost(PATIENCE).until(() -> started("new", "call"));
        for (Throwable ended : List.of(
                watcher.ended().get(),
                Subscriber.to(
                                client.channel(),
                                EVERY_CHANGE.toBuilder().setResumeToken(token).build())
                        .ended()
                        .get())) {
            assertThat(GrpcError.of(ended).code()).isEqualTo(Code.OUT_OF_RANGE);
        }
        assertThat(GrpcError.of(() -> client.state("lost")).code()).isEqualTo(Code.NOT_FOUND);
        assertThat(client.state("kept").getAcwsList()).hasSize(1);
    }

    private static List<String> started(Subscriber subscriber) {
        return subscriber.changes().stream()
                .filter(change -> change.getCause() == AgentStateChangeCause.AGENT_STATE_CHANGE_CAUSE_ACW_STARTED)
                .map(change -> change.getState().getAgentId())
                .toList();
    }

    private void startAllUntilTold() {
        IntStream.range(0, AGENTS)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    await().atMost(PATIENCE).until(() -> started("agent-" + i, "call"));
                    acknowledged.add("agent-" + i);
                }))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private boolean started(String agentId, String interactionId) {
        try {
            client.startAcw(agentId, interactionId);
            return true;
        } catch (StatusRuntimeException refused) {
            assertThat(refused.getStatus().getCode()).isIn(Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED);
            return false;
        }
    }
}
