package io.aftercall.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.ServerProcess;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.rpc.Client;
import io.aftercall.rpc.GrpcError;
import io.aftercall.rpc.Subscriber;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The drill: somebody made a mistake, and the database is restored to the moment before, with all servers stopped. */
class RestoreIT {

    private static final StreamAgentStatesRequest ALL = StreamAgentStatesRequest.getDefaultInstance();

    private ArchivedDatabase database;

    @BeforeEach
    void start() throws Exception {
        database = new ArchivedDatabase();
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void allThatWasAcknowledgedUntilThatMomentIsThereAndNothingAfterIt() throws Exception {
        String moment;
        long revision;
        List<String> tokens;
        try (ServerProcess server =
                        ServerProcess.over(database.port(), database.password()).start();
                Client client = server.client()) {
            client.rules("in-backup", Policy.newBuilder().setDuration(Client.seconds(3_600)));
            client.startAcw("in-backup", "call");
            database.backUp();
            client.startAcw("completed", "call");
            complete(client, "completed");
            client.rules("kept", Policy.newBuilder().setDuration(Client.seconds(3_600)));
            client.startAcw("kept", "call");
            client.rules("due-meanwhile", Policy.newBuilder().setDuration(Client.seconds(4)));
            client.startAcw("due-meanwhile", "call");
            Subscriber watcher = Subscriber.to(client.channel(), ALL).untilSnapshotEnd();
            String tokenBefore = watcher.lastToken();
            revision = client.state("due-meanwhile").getRevision();
            moment = database.now();

            complete(client, "in-backup");
            complete(client, "kept");
            client.startAcw("mistake", "call");
            watcher.untilEvent(event -> event.hasChange()
                    && event.getChange().getState().getAgentId().equals("mistake"));
            tokens = List.of(tokenBefore, watcher.lastToken());
        }

        database.restoreTo(moment);
        ServerProcess.over(database.restoredPort(), database.password())
                .run("--restored")
                .close();

        assertThat(database.answer("SELECT revision FROM tenant")).isEqualTo(Long.toString(revision));
        try (ServerProcess server = ServerProcess.over(database.restoredPort(), database.password())
                        .start();
                Client client = server.client()) {
            for (String token : tokens) {
                GrpcError refusal = GrpcError.of(Subscriber.to(
                                client.channel(),
                                ALL.toBuilder().setResumeToken(token).build())
                        .ended()
                        .get(10, TimeUnit.SECONDS));
                assertThat(refusal.code()).isEqualTo(Code.OUT_OF_RANGE);
                assertThat(refusal.reason()).isEqualTo("OTHER_EPOCH");
            }
            for (String agent : List.of("in-backup", "kept")) {
                assertThat(client.state(agent).getAcwsList()).as(agent).hasSize(1);
            }
            assertThat(client.state("completed").getAcwsList()).isEmpty();
            assertThat(GrpcError.of(() -> client.state("mistake")).code()).isEqualTo(Code.NOT_FOUND);
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                            database.answer("SELECT end_reason || ' ' || (end_time = deadline_time) FROM acw"
                                    + " WHERE agent_id = 'due-meanwhile'"))
                    .isEqualTo("TIMED_OUT true"));
            client.startAcw("after", "call");
            assertThat(Subscriber.to(client.channel(), ALL).untilSnapshotEnd().events().stream()
                            .filter(event -> event.hasSnapshotEntry())
                            .map(event -> event.getSnapshotEntry().getState().getAgentId()))
                    .containsExactlyInAnyOrder("in-backup", "completed", "kept", "due-meanwhile", "after");
        }
    }

    private static void complete(Client client, String agentId) {
        client.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteractionId("call")
                        .build());
    }
}
