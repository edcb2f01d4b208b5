package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.boot.DatabaseResource;
import io.aftercall.logs.LogRecords;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A network fails, or a data centre does: a thousand subscribers are gone in one moment. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class MassDisconnectTest {

    private static final int STREAMS = 1_000;
    private static final int CONNECTIONS = 10;

    @RegisterExtension
    final LogRecords log = new LogRecords();

    @RegisterExtension
    final Client other = new Client();

    @Inject
    AgentStateStreams streams;

    @Test
    void nobodyElseNoticesWhenTheirMachineDies() {
        nobodyElseNotices(CutConnections::cut);
    }

    @Test
    void nobodyElseNoticesWhenTheirProcessIsStopped() {
        nobodyElseNotices(CutConnections::close);
    }

    private void nobodyElseNotices(Consumer<CutConnections> disconnect) {
        String agent = Client.fresh("agent");
        StreamAgentStatesRequest mine = StreamAgentStatesRequest.newBuilder()
                .setFilter(AgentStateFilter.newBuilder().addAgentIds(agent))
                .build();
        int port = ConfigProvider.getConfig().getValue(FreePorts.GRPC_PORT_KEY, Integer.class);
        try (CutConnections connections = new CutConnections(port, CONNECTIONS)) {
            List<Subscriber> subscribers = IntStream.range(0, STREAMS)
                    .mapToObj(n -> Subscriber.to(connections.channel(n), mine))
                    .toList();
            await().until(() -> streams.count() == STREAMS);
            // What is said of the start and of a thousand openings is not asked here.
            log.forget();

            disconnect.accept(connections);
            boolean started = !other.startAcw(agent, "call").getAlreadyStarted();

            assertThat(started).isTrue();
            await().untilAsserted(() -> assertThat(streams.count()).isZero());
            await().untilAsserted(() -> assertThat(streams.places()).isZero());
            assertThat(subscribers).allMatch(subscriber -> subscriber.ended().join() != null);
        }
        assertThat(log.all())
                .extracting(LogRecord::getLoggerName)
                .as("who logs, an event loop that is blocked among them")
                .noneMatch(logger -> logger.contains("BlockedThreadChecker"))
                .as("not even a line for each connection")
                .hasSizeLessThan(CONNECTIONS);
    }
}
