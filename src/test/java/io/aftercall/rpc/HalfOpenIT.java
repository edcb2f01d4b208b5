package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.PackagedServer;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.faults.TcpProxy;
import io.aftercall.faults.TcpProxy.Weather;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cable is pulled: neither end is told, and the server finds out by itself. */
class HalfOpenIT {

    @RegisterExtension
    static final PackagedServer server = PackagedServer.with(new Attentive());

    private static final int STREAMS = 20;

    @RegisterExtension
    final Client other = new Client();

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    /** Connections are asked often whether they live, and nobody has to be quick to answer. */
    public static class Attentive implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("aftercall.connection.ping-interval", "1s", "aftercall.connection.pong-timeout", "5s");
        }
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whoIsCutOffWithoutAWordMakesRoomAndNobodyElseDoes() {
        String agent = Client.fresh("agent");
        StreamAgentStatesRequest mine = StreamAgentStatesRequest.newBuilder()
                .setFilter(AgentStateFilter.newBuilder().addAgentIds(agent))
                .build();
        int port = ConfigProvider.getConfig().getValue(FreePorts.GRPC_PORT_KEY, Integer.class);
        Subscriber reached = Subscriber.to(other.channel(), mine).untilSnapshotEnd();
        try (TcpProxy cable = new TcpProxy(vertx, port);
                Client client = new Client(cable.port())) {
            List<Subscriber> cutOff = Stream.generate(() -> Subscriber.to(client.channel(), mine))
                    .limit(STREAMS)
                    .toList();
            cutOff.forEach(Subscriber::untilSnapshotEnd);

            cable.turn(Weather.HALF_OPEN);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(Streams.places()).isEqualTo(1));
            assertThat(Streams.open()).isEqualTo(1);
            assertThat(cutOff).noneMatch(subscriber -> subscriber.ended().isDone());
            other.startAcw(agent, "call");
            assertThat(reached.untilChanges(1).ended()).isNotDone();
        }
    }
}
