package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.PackagedServer;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.grpc.Status.Code;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams beyond what a caller and the replica may have are refused, and the end of one makes room for another. */
class StreamCapsIT {

    @RegisterExtension
    static final PackagedServer server = PackagedServer.with(new Few());

    private static final int PER_CALLER = 3;
    private static final int PER_REPLICA = 5;
    private static final StreamAgentStatesRequest ALL = StreamAgentStatesRequest.getDefaultInstance();

    @RegisterExtension
    final Client client = new Client();

    @RegisterExtension
    final Client sameCaller = new Client();

    @RegisterExtension
    final Client other = new Client().from("127.0.0.2");

    /** Room for few streams. */
    public static class Few implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "aftercall.stream.max-per-caller", Integer.toString(PER_CALLER),
                    "aftercall.stream.max-per-replica", Integer.toString(PER_REPLICA));
        }
    }

    @AfterEach
    void noPlaceIsTaken() {
        Stream.of(client, sameCaller, other).forEach(Client::close);
        await().untilAsserted(() -> assertThat(Streams.places()).isZero());
    }

    @Test
    void aCallerIsRefusedBeyondHisShareOnWhateverConnectionAndOthersAreNot() {
        open(client, PER_CALLER);

        GrpcError refused = refused(sameCaller);
        open(other, 1);

        assertThat(refused.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        assertThat(refused.reason()).isEqualTo("TOO_MANY_STREAMS");
        assertThat(refused.metadata()).containsEntry("of", "CALLER");
        assertThat(refused.retry()).isPresent();
    }

    @Test
    void aFullReplicaRefusesWhoHasRoomOfHisOwn() {
        open(client, PER_CALLER);
        open(other, PER_REPLICA - PER_CALLER);

        assertThat(refused(other).metadata()).containsEntry("of", "REPLICA");
    }

    @Test
    void whoCancelsMakesRoom() {
        open(client, PER_CALLER).get(0).cancel();

        await().until(() -> Streams.places() < PER_CALLER);

        open(client, 1);
    }

    @Test
    void aConnectionThatIsGoneMakesRoom() {
        open(client, PER_CALLER);

        client.close();
        await().until(() -> Streams.places() == 0);

        open(sameCaller, PER_CALLER);
    }

    @Test
    void aStreamThatIsRefusedForItsRequestMakesRoom() {
        StreamAgentStatesRequest bad = ALL.toBuilder().setResumeToken("made up").build();
        for (int i = 0; i < PER_CALLER; i++) {
            Subscriber.to(client.channel(), bad).ended().join();
        }

        await().until(() -> Streams.places() == 0);

        open(client, PER_CALLER);
    }

    private static GrpcError refused(Client client) {
        return GrpcError.of(Subscriber.to(client.channel(), ALL).ended().join());
    }

    private static List<Subscriber> open(Client client, int count) {
        List<Subscriber> subscribers = Stream.generate(() -> Subscriber.to(client.channel(), ALL))
                .limit(count)
                .toList();
        subscribers.forEach(Subscriber::untilSnapshotEnd);
        return subscribers;
    }
}
