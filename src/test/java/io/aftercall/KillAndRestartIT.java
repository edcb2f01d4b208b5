package io.aftercall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.AgentStateChange;
import io.aftercall.api.v1.AgentStateChangeCause;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.StartAcwResponse;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamDelivery;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.rpc.Client;
import io.aftercall.rpc.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The server is killed with ACWs open: some fall due while it is away, some after it is back. */
class KillAndRestartIT {

    private static final int OF_EACH = 100;
    private static final long SHORT_SECONDS = 3;
    private static final long LONG_SECONDS = 20;
    private static final long PROMISED_MILLIS = 1_000;

    private final StreamAgentStatesRequest all = StreamAgentStatesRequest.newBuilder()
            .setDelivery(StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE)
            .build();

    @Test
    void everyAcwEndsOnceAtItsDeadlineAndASubscriberMissesNothing() throws Exception {
        try (ServerProcess server = ServerProcess.onFreshData().start();
                Client client = server.client()) {
            policy(client, SHORT_SECONDS);
            Subscriber first = Subscriber.to(client.channel(), all).untilSnapshotEnd();
            long start = first.events().get(0).getSnapshotEnd().getRevision();
            Map<String, AfterCallWork> open = new HashMap<>(startAcws(client, "short"));
            long policyRevision = policy(client, LONG_SECONDS);
            open.putAll(startAcws(client, "long"));

            server.killForcibly();
            first.ended().join();
            await().until(() -> System.currentTimeMillis() > start(open) + (SHORT_SECONDS + 1) * 1_000);
            server.start();
            long ready = System.currentTimeMillis();
            try (Client again = server.client()) {
                Subscriber resumed = Subscriber.to(
                        again.channel(),
                        all.toBuilder().setResumeToken(first.lastToken()).build());
                await().atMost(Duration.ofSeconds(LONG_SECONDS + 5))
                        .until(() -> ends(first, resumed).size() >= open.size());

                assertEachEndedOnceAtItsDeadline(open, ends(first, resumed), ready);
                assertDense(start, policyRevision, changes(first, resumed));
                assertSettledAsTimedOut(again, open);
            }
        }
    }

    private static void assertEachEndedOnceAtItsDeadline(
            Map<String, AfterCallWork> open, List<AgentStateChange> ends, long ready) {
        assertThat(ends).extracting(AgentStateChange::getAcwId).containsExactlyInAnyOrderElementsOf(open.keySet());
        assertThat(ends).allSatisfy(end -> {
            Timestamp deadline = open.get(end.getAcwId()).getDeadlineTime();
            assertThat(end.getEndReason()).isEqualTo(AcwEndReason.ACW_END_REASON_TIMED_OUT);
            assertThat(Timestamps.compare(end.getChangeTime(), deadline)).isGreaterThanOrEqualTo(0);
            assertThat(Timestamps.toMillis(end.getChangeTime()))
                    .isLessThanOrEqualTo(Math.max(ready, Timestamps.toMillis(deadline)) + PROMISED_MILLIS);
        });
    }

    /** A policy change has a revision and no event. */
    private static void assertDense(long start, long policyRevision, List<AgentStateChange> changes) {
        List<Long> revisions = Stream.concat(
                        changes.stream().map(AgentStateChange::getRevision), Stream.of(policyRevision))
                .sorted()
                .toList();
        assertThat(revisions)
                .isEqualTo(LongStream.rangeClosed(start + 1, start + revisions.size())
                        .boxed()
                        .toList());
    }

    private static void assertSettledAsTimedOut(Client client, Map<String, AfterCallWork> open) {
        assertThat(open.values()).allSatisfy(acw -> {
            StartAcwResponse again =
                    client.startAcw(acw.getAgentId(), acw.getInteraction().getInteractionId());
            assertThat(again.getAcw().getAcwId()).isEqualTo(acw.getAcwId());
            assertThat(again.getAcw().getEndReason()).isEqualTo(AcwEndReason.ACW_END_REASON_TIMED_OUT);
            assertThat(again.getAcw().getEndTime()).isEqualTo(acw.getDeadlineTime());
        });
    }

    private static long start(Map<String, AfterCallWork> open) {
        return open.values().stream()
                .filter(acw -> acw.getAgentId().startsWith("short"))
                .mapToLong(acw -> Timestamps.toMillis(acw.getStartTime()))
                .max()
                .orElseThrow();
    }

    private static List<AgentStateChange> changes(Subscriber first, Subscriber resumed) {
        List<AgentStateChange> changes = new ArrayList<>(first.changes());
        changes.addAll(resumed.changes());
        return changes;
    }

    private static List<AgentStateChange> ends(Subscriber first, Subscriber resumed) {
        return changes(first, resumed).stream()
                .filter(change -> change.getCause() == AgentStateChangeCause.AGENT_STATE_CHANGE_CAUSE_ACW_ENDED)
                .toList();
    }

    private static Map<String, AfterCallWork> startAcws(Client client, String kind) throws Exception {
        List<String> agents =
                IntStream.range(0, OF_EACH).mapToObj(n -> kind + n).toList();
        Map<String, AfterCallWork> open = new HashMap<>();
        client.startAcws(agents, Client.call("call").build())
                .forEach(started -> open.put(started.getAcw().getAcwId(), started.getAcw()));
        return open;
    }

    private static long policy(Client client, long seconds) {
        return client.policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(Policy.newBuilder()
                                .setScope(PolicyScope.POLICY_SCOPE_TENANT)
                                .setDuration(Client.seconds(seconds)))
                        .build())
                .getRevision();
    }
}
