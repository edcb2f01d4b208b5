package io.aftercall.rpc;

import static io.aftercall.api.v1.AgentStateChangeCause.AGENT_STATE_CHANGE_CAUSE_ACW_ENDED;
import static io.aftercall.api.v1.AgentStateChangeCause.AGENT_STATE_CHANGE_CAUSE_ACW_STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import io.aftercall.PackagedServer;
import io.aftercall.api.v1.AgentStateChangeCause;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.SetPresenceResponse;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.api.v1.StreamDelivery;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** However a subscriber goes, nothing of him stays. */
class StreamLifecycleIT {

    @RegisterExtension
    static final PackagedServer server = PackagedServer.with(new Impatient());

    /** More than a connection's windows and gRPC's own buffer hold. */
    private static final int CHANGES = 4_096;

    private static final StreamAgentStatesRequest ALL = StreamAgentStatesRequest.newBuilder()
            .setDelivery(StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE)
            .build();

    @RegisterExtension
    final Client client = new Client();

    private final String agent = Client.fresh("agent");
    private final StreamAgentStatesRequest mine = ALL.toBuilder()
            .setFilter(AgentStateFilter.newBuilder().addAgentIds(agent))
            .build();

    /** Little memory for laggards, and not long to wait for them. */
    public static class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("aftercall.stream.max-lag", "2s", "aftercall.feed.ring-capacity", "64");
        }
    }

    @AfterEach
    void noStreamIsLeft() {
        client.close();
        await().untilAsserted(() -> assertThat(Streams.open()).isZero());
        await().untilAsserted(() -> assertThat(Streams.places()).isZero());
    }

    @Test
    void whoCancelsIsForgotten() {
        List<Subscriber> subscribers = open(20);

        subscribers.forEach(Subscriber::cancel);

        await().untilAsserted(() -> assertThat(Streams.open()).isZero());
    }

    @Test
    void whoCancelsBeforeTheFirstAnswerIsForgotten() {
        List<Subscriber> subscribers = Stream.generate(() -> Subscriber.to(client.channel(), ALL))
                .limit(50)
                .toList();

        subscribers.forEach(Subscriber::cancel);

        open(1).get(0).cancel();
        await().untilAsserted(() -> assertThat(Streams.open()).isZero());
    }

    @Test
    void whoseConnectionIsGoneIsForgotten() {
        open(20);

        client.channel().shutdownNow();

        await().untilAsserted(() -> assertThat(Streams.open()).isZero());
    }

    @Test
    void aRefusedStreamIsNotCounted() {
        Subscriber subscriber = Subscriber.to(
                client.channel(), ALL.toBuilder().setResumeToken("made up").build());

        subscriber.ended().join();

        assertThat(Streams.open()).isZero();
    }

    @Test
    void whoStopsReadingIsEndedAndHoldsUpNobody() throws Exception {
        Subscriber stopped = Subscriber.whoStopsReading(client.channel(), mine);
        await().until(() -> Streams.open() == 1);

        change(CHANGES);
        await().untilAsserted(() -> assertThat(Streams.open()).isZero());
        stopped.readAll();

        assertThat(GrpcError.of(stopped.ended().join()).reason()).isEqualTo("SUBSCRIBER_TOO_SLOW");
        assertThat(stopped.changes()).as("what was kept for him").hasSizeLessThan(CHANGES / 2);
    }

    @Test
    void whoWasTooSlowResumesAndMissesNothing() throws Exception {
        Subscriber stopped = Subscriber.whoStopsReading(client.channel(), mine);
        await().until(() -> !stopped.messages().isEmpty());
        change(CHANGES);
        await().until(() -> Streams.open() == 0);
        stopped.readAll();
        stopped.ended().join();
        int read = stopped.changes().size();

        Subscriber resumed = Subscriber.to(
                        client.channel(),
                        mine.toBuilder().setResumeToken(stopped.lastToken()).build())
                .untilChanges(CHANGES - read);

        assertThat(Stream.of(stopped, resumed).flatMap(part -> part.changes().stream()))
                .extracting(change -> change.getState().getVersion())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, CHANGES)
                        .mapToObj(Long::valueOf)
                        .toList());
    }

    /** The log is read in pieces of 4,096: one change and then pairs, so that a piece ends within a pair. */
    @Test
    void aCommandIsNotSplitWhereAPieceOfTheLogEnds() throws Exception {
        List<String> agents =
                IntStream.range(0, 2_100).mapToObj(n -> agent + '-' + n).toList();
        StreamAgentStatesRequest filtered = ALL.toBuilder()
                .setFilter(AgentStateFilter.newBuilder().addAllAgentIds(agents))
                .build();
        client.completeAcwsEarly(agents, "call");
        Subscriber first = Subscriber.to(client.channel(), filtered).untilSnapshotEnd();
        first.cancel();
        change(1);
        client.startAcws(agents, Client.call("call").build());

        Subscriber resumed = Subscriber.to(
                        client.channel(),
                        filtered.toBuilder().setResumeToken(first.lastToken()).build())
                .untilChanges(2 * agents.size());

        assertThat(resumed.messages())
                .allSatisfy(message -> assertThat(count(message, AGENT_STATE_CHANGE_CAUSE_ACW_ENDED))
                        .isEqualTo(count(message, AGENT_STATE_CHANGE_CAUSE_ACW_STARTED)));
    }

    private static long count(StreamAgentStatesResponse message, AgentStateChangeCause cause) {
        return message.getEventsList().stream()
                .filter(event -> event.getChange().getCause() == cause)
                .count();
    }

    private List<Subscriber> open(int count) {
        List<Subscriber> subscribers = Stream.generate(() -> Subscriber.to(client.channel(), ALL))
                .limit(count)
                .toList();
        subscribers.forEach(Subscriber::untilSnapshotEnd);
        await().until(() -> Streams.open() >= count);
        return subscribers;
    }

    private void change(int times) throws ExecutionException, InterruptedException {
        AgentStateServiceGrpc.AgentStateServiceFutureStub agents =
                AgentStateServiceGrpc.newFutureStub(client.channel());
        List<ListenableFuture<SetPresenceResponse>> answers = IntStream.range(0, times)
                .mapToObj(n -> agents.setPresence(SetPresenceRequest.newBuilder()
                        .setAgentId(agent)
                        .setPresence(Presence.PRESENCE_NOT_READY)
                        .setNotReadyReason("R".repeat(100) + n)
                        .build()))
                .toList();
        Futures.allAsList(answers).get();
    }
}
