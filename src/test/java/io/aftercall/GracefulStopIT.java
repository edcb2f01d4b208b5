package io.aftercall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.rpc.Client;
import io.aftercall.rpc.Subscriber;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The server is asked to stop while commands run and streams are open. */
class GracefulStopIT {

    private static final int WRITERS = 4;
    private static final int SUBSCRIBERS = 6;
    private static final int MANY = 400;

    @Test
    void whatWasAcknowledgedStaysAndSubscribersAreSentAway() throws Exception {
        try (ServerProcess server = ServerProcess.onFreshData().start();
                Client client = server.client()) {
            List<Subscriber> subscribers = Stream.generate(
                            () -> Subscriber.to(client.channel(), StreamAgentStatesRequest.getDefaultInstance()))
                    .limit(SUBSCRIBERS)
                    .toList();
            subscribers.forEach(Subscriber::untilSnapshotEnd);
            Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
            ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
            List<Future<Status>> writers = IntStream.range(0, WRITERS)
                    .mapToObj(n -> pool.submit(() -> writeUntilRefused(client, acknowledged)))
                    .toList();
            await().until(() -> acknowledged.size() > 100);

            int exitCode = server.terminate();
            pool.shutdown();

            assertThat(exitCode).as("stopped as asked: 0, or 128 + SIGTERM").isIn(0, 143);
            assertThat(server.hasPostmaster()).as("its PostgreSQL lives on").isFalse();
            assertThat(subscribers).allSatisfy(GracefulStopIT::assertSentAway);
            for (Future<Status> writer : writers) {
                assertThat(writer.get().getCode()).as(writer.get().toString()).isEqualTo(Code.UNAVAILABLE);
            }
            server.start();
            try (Client again = server.client()) {
                assertThat(acknowledged).allSatisfy(agent -> assertThat(
                                again.startAcw(agent, "call").getAlreadyStarted())
                        .isTrue());
            }
        }
    }

    @Test
    void anIdleServerStopsSoonAndSaysNothingBad() throws Exception {
        try (ServerProcess server = ServerProcess.onFreshData().start()) {
            long asked = System.nanoTime();

            server.terminate();

            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(15));
            assertThat(server.log()).noneMatch(line -> line.contains(" ERROR ") || line.contains("Exception"));
        }
    }

    @Test
    void manySubscribersAreSentBackToComeAtDifferentTimes() throws Exception {
        try (ServerProcess server = ServerProcess.onFreshData().start();
                Client client = server.client()) {
            List<Subscriber> subscribers = Stream.generate(
                            () -> Subscriber.to(client.channel(), StreamAgentStatesRequest.getDefaultInstance()))
                    .limit(MANY)
                    .toList();
            await().until(() -> subscribers.stream()
                    .allMatch(subscriber -> subscriber.events().stream().anyMatch(AgentStateEvent::hasSnapshotEnd)));

            server.terminate();

            assertThat(subscribers).allSatisfy(GracefulStopIT::assertSentAway);
            assertThat(subscribers.stream()
                            .map(GracefulStopIT::last)
                            .map(last -> last.getGoingAway().getReconnectAfterDuration())
                            .distinct())
                    .hasSizeGreaterThan(MANY / 4);
            assertThat(server.log()).noneMatch(line -> line.contains("were cut before") || line.contains("Exception"));
        }
    }

    private static AgentStateEvent last(Subscriber subscriber) {
        return subscriber.events().get(subscriber.events().size() - 1);
    }

    private static void assertSentAway(Subscriber subscriber) {
        assertThat(subscriber.ended()).succeedsWithin(Duration.ofSeconds(5));
        assertThat(subscriber.status().getCode()).isEqualTo(Code.OK);
        AgentStateEvent last = last(subscriber);
        assertThat(last.hasGoingAway()).isTrue();
        assertThat(last.getGoingAway().getReconnectAfterDuration().getSeconds()).isPositive();
        assertThat(subscriber.lastToken()).isNotEmpty();
    }

    private static Status writeUntilRefused(Client client, Queue<String> acknowledged) {
        while (true) {
            String agent = Client.fresh("agent");
            try {
                client.startAcw(agent, "call");
                acknowledged.add(agent);
            } catch (StatusRuntimeException refused) {
                return refused.getStatus();
            }
        }
    }
}
