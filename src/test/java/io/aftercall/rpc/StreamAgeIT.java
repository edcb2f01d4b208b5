package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.PackagedServer;
import io.aftercall.api.v1.AgentStateChange;
import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamDelivery;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Neither a stream nor its connection lasts for ever, and whoever is sent away misses nothing. */
class StreamAgeIT {

    @RegisterExtension
    static final PackagedServer server = PackagedServer.with(new ShortLived());

    private static final int STREAMS = 5;
    private static final int MANY = 100;

    @RegisterExtension
    final Client client = new Client();

    private final String agent = Client.fresh("agent");
    private final StreamAgentStatesRequest mine = StreamAgentStatesRequest.newBuilder()
            .setDelivery(StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE)
            .setFilter(AgentStateFilter.newBuilder().addAgentIds(agent))
            .build();

    /** Streams become old at once, connections as soon as gRPC lets them. */
    public static class ShortLived implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("aftercall.stream.max-age", "300ms", "aftercall.connection.max-age", "1s");
        }
    }

    @Test
    void anOldStreamIsSentAwayAndEndsWell() {
        Subscriber subscriber = Subscriber.to(client.channel(), mine);

        assertThat(subscriber.status().getCode()).isEqualTo(Code.OK);

        List<AgentStateEvent> events = subscriber.events();
        AgentStateEvent last = events.get(events.size() - 1);
        assertThat(last.getGoingAway().hasReconnectAfterDuration()).isTrue();
        assertThat(last.getGoingAway().getReconnectAfterDuration().getSeconds()).isZero();
        await().untilAsserted(() -> assertThat(Streams.places()).isZero());
    }

    @Test
    void whoIsSentAwayAgainAndAgainMissesNothingAndGetsNothingTwice() {
        List<Long> versions = new ArrayList<>();
        long written = 0;
        StreamAgentStatesRequest next = mine;
        for (int i = 0; i < STREAMS; i++) {
            Subscriber subscriber = Subscriber.to(client.channel(), next);
            while (!subscriber.ended().isDone()) {
                change(++written);
            }
            versions.addAll(versions(subscriber));
            next = mine.toBuilder().setResumeToken(subscriber.lastToken()).build();
        }
        Subscriber last = Subscriber.to(client.channel(), next);
        last.ended().join();
        versions.addAll(versions(last));

        long first = versions.get(0);
        assertThat(versions)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(first, written).boxed().toList());
    }

    @Test
    void anOldConnectionTakesNoMoreCallsAndItsStreamsEndAsTheyWouldHave() {
        int port = ConfigProvider.getConfig().getValue(FreePorts.GRPC_PORT_KEY, Integer.class);
        List<Subscriber> subscribers = new ArrayList<>();
        try (CutConnections connections = new CutConnections(port, 1)) {
            do {
                Subscriber subscriber = Subscriber.to(connections.channel(0), mine);
                subscribers.add(subscriber);
                subscriber.untilSnapshotEnd();
            } while (connections.opened() == 1 && subscribers.size() < MANY);

            assertThat(connections.opened()).isEqualTo(2);
            assertThat(subscribers)
                    .allSatisfy(subscriber -> assertThat(subscriber.status()).isEqualTo(Status.OK));
        }
    }

    private static List<Long> versions(Subscriber subscriber) {
        return subscriber.changes().stream()
                .map(AgentStateChange::getState)
                .map(state -> state.getVersion())
                .toList();
    }

    private void change(long number) {
        client.agents()
                .setPresence(SetPresenceRequest.newBuilder()
                        .setAgentId(agent)
                        .setPresence(Presence.PRESENCE_NOT_READY)
                        .setNotReadyReason("r" + number)
                        .build());
    }
}
