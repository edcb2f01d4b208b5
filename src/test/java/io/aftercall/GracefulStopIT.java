package io.aftercall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStateChange;
import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamDelivery;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.rpc.Client;
import io.aftercall.rpc.Subscriber;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The server is asked to stop while commands run and streams are open. */
class GracefulStopIT {

    private static final int WRITERS = 4;
    private static final int SUBSCRIBERS = 6;
    private static final int MANY = 400;

    private static final StreamAgentStatesRequest EVERY_CHANGE = StreamAgentStatesRequest.newBuilder()
            .setDelivery(StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE)
            .build();

    @Test
    void whatWasAcknowledgedStaysAndSubscribersAreSentAwayAfterIt() throws Exception {
        try (ServerProcess server = ServerProcess.onFreshData().start();
                Client client = server.client()) {
            client.policies()
                    .updatePolicy(UpdatePolicyRequest.newBuilder()
                            .setPolicy(Policy.newBuilder()
                                    .setScope(PolicyScope.POLICY_SCOPE_TENANT)
                                    .setDuration(Client.seconds(3_600)))
                            .build());
            List<Subscriber> subscribers = Stream.generate(() -> Subscriber.to(client.channel(), EVERY_CHANGE))
                    .limit(SUBSCRIBERS)
                    .toList();
            subscribers.forEach(Subscriber::untilSnapshotEnd);
            List<CallsUntilRefused> writers = Stream.generate(() -> new CallsUntilRefused(client))
                    .limit(WRITERS)
                    .toList();
            ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
            List<CompletableFuture<Void>> writing = writers.stream()
                    .map(writer -> CompletableFuture.runAsync(writer, pool))
                    .toList();
            await().until(() ->
                    writers.stream().allMatch(writer -> writer.acknowledged().size() > 15));

            int exitCode = server.terminate();

            writing.forEach(CompletableFuture::join);
            pool.shutdown();
            assertThat(exitCode).as("stopped as asked: 0, or 128 + SIGTERM").isIn(0, 143);
            assertThat(server.hasPostmaster()).as("its PostgreSQL lives on").isFalse();
            assertThat(server.log()).noneMatch(line -> line.contains("were not finished before"));
            assertThat(writers)
                    .flatExtracting(CallsUntilRefused::refusals)
                    .extracting(refusal -> refusal.getStatus().getCode())
                    .containsOnly(Code.UNAVAILABLE);
            assertThat(subscribers).allSatisfy(subscriber -> {
                assertSentAway(subscriber);
                assertThat(writers)
                        .allSatisfy(writer -> assertThat(revisions(subscriber)).containsAll(writer.revisions()));
            });
            server.start();
            try (Client again = server.client()) {
                writers.forEach(writer -> writer.acknowledged()
                        .forEach((agent, told) -> assertKept(again.state(agent), told, writer.refused(agent))));
            }
        }
    }

    /** What was refused may be done all the same; then it goes on from what was acknowledged. */
    private static void assertKept(AgentState kept, AgentState told, boolean refused) {
        if (refused && kept.getVersion() > told.getVersion()) {
            return;
        }
        assertThat(kept).isEqualTo(told);
    }

    private static Set<Long> revisions(Subscriber subscriber) {
        return subscriber.changes().stream().map(AgentStateChange::getRevision).collect(Collectors.toSet());
    }

    @Test
    void anIdleServerStopsSoonAndSaysNothingBad() throws Exception {
        try (ServerProcess server = ServerProcess.onFreshData().start()) {
            server.terminate();

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
}
