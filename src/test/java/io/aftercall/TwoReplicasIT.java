package io.aftercall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AcwPressureAction;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.AgentStateChange;
import io.aftercall.api.v1.AgentStateChangeCause;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.ListAgentStatesRequest;
import io.aftercall.api.v1.ListAgentStatesResponse;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.ReportQueuePressureRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamDelivery;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.rpc.Client;
import io.aftercall.rpc.Subscriber;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two servers on one database; those that live are left to the next test, so that one is killed in the last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoReplicasIT {

    private static final int ACWS = 200;
    private static final long SECONDS = 5;
    private static final long PROMISED_MILLIS = 1_000;

    private final StreamAgentStatesRequest all = StreamAgentStatesRequest.newBuilder()
            .setDelivery(StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE)
            .build();

    private static final Map<Boolean, Pair> PAIRS = new HashMap<>();

    private ServerProcess one;
    private Client ofOne;
    private Client ofOther;

    private record Pair(ServerProcess one, ServerProcess other, Client ofOne, Client ofOther) {

        static Pair start(boolean hints) throws IOException {
            ServerProcess one = ServerProcess.onFreshData()
                    .with("AFTERCALL_FEED_HINTS", Boolean.toString(hints))
                    .start();
            ServerProcess other = ServerProcess.beside(one)
                    .with("AFTERCALL_FEED_HINTS", Boolean.toString(hints))
                    .start();
            return new Pair(one, other, one.client(), other.client());
        }

        void stop() throws IOException {
            ofOne.close();
            ofOther.close();
            other.close();
            one.close();
        }
    }

    private void start(boolean hints) throws IOException {
        if (!PAIRS.containsKey(hints)) {
            PAIRS.put(hints, Pair.start(hints));
        }
        Pair pair = PAIRS.get(hints);
        one = pair.one();
        ofOne = pair.ofOne();
        ofOther = pair.ofOther();
    }

    @AfterAll
    static void stop() throws IOException {
        for (Pair pair : PAIRS.values()) {
            pair.stop();
        }
    }

    @Test
    void whatOneHasAcknowledgedTheOtherReadsAndDecidesOnAtOnce() throws IOException {
        start(true);
        for (int turn = 0; turn < 50; turn++) {
            String call = "call-" + turn;
            ofOne.startAcw("zoe", call);
            assertThat(ofOther.state("zoe").getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AFTER_CALL_WORK);

            ofOther.acw()
                    .completeAcw(CompleteAcwRequest.newBuilder()
                            .setAgentId("zoe")
                            .setInteractionId(call)
                            .build());

            assertThat(ofOne.state("zoe").getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AVAILABLE);
            assertThat(ofOne.startAcw("zoe", call).getAlreadyStarted()).isTrue();
        }
    }

    @Test
    void aListingThatWasBegunAtOneIsGoneOnWithAtTheOther() throws Exception {
        start(true);
        List<String> agents = List.of("ada", "bob", "cid");
        ofOne.startAcws(agents, Client.call("first").build());
        ListAgentStatesRequest request =
                ListAgentStatesRequest.newBuilder().setPageSize(1).build();
        ListAgentStatesResponse first = ofOne.agents().listAgentStates(request);
        ofOne.startAcws(agents, Client.call("second").build());

        ListAgentStatesResponse second = ofOther.agents()
                .listAgentStates(request.toBuilder()
                        .setPageToken(first.getNextPageToken())
                        .build());

        assertThat(second.getRevision()).isEqualTo(first.getRevision());
        assertThat(second.getAgentStatesList()).singleElement().satisfies(bob -> {
            assertThat(bob.getAgentId()).isEqualTo("bob");
            assertThat(bob.getAcwsList())
                    .extracting(acw -> acw.getInteraction().getInteractionId())
                    .containsExactly("first");
        });
    }

    @Test
    void aChangeOfPolicyIsInForceAtTheOtherForWhatStartsAfterItsReply() throws IOException {
        start(true);
        for (int turn = 1; turn <= 30; turn++) {
            long revision = ofOne.rules("pam", Policy.newBuilder().setDuration(Client.seconds(100 + turn)))
                    .getRevision();

            AfterCallWork acw = ofOther.startAcw("pam", "policy-" + turn).getAcw();

            assertThat(acw.getPolicyRevision()).isEqualTo(revision);
            assertThat(Timestamps.between(acw.getStartTime(), acw.getDeadlineTime()))
                    .isEqualTo(Client.seconds(100 + turn));
        }
    }

    @Test
    void aQueueThatOneHearsIsUnderPressureShrinksAcwAtTheOther() throws IOException {
        start(true);
        ofOne.policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(Policy.newBuilder()
                                .setScope(PolicyScope.POLICY_SCOPE_QUEUE)
                                .setScopeId("hotline")
                                .setOnPressure(AcwPressureAction.ACW_PRESSURE_ACTION_SHRINK))
                        .build());

        ofOne.policies()
                .reportQueuePressure(ReportQueuePressureRequest.newBuilder()
                        .setQueueId("hotline")
                        .setWaitingCount(100)
                        .build());

        AfterCallWork acw = ofOther.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId("pam")
                        .setInteraction(Client.call("pressed").setQueueId("hotline"))
                        .build())
                .getAcw();
        assertThat(Timestamps.between(acw.getStartTime(), acw.getDeadlineTime()))
                .isEqualTo(Client.seconds(10));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Order(Integer.MAX_VALUE)
    void ifOneIsKilledTheOtherEndsWhatItStartedAndItsSubscribersMissNothing(boolean hints) throws Exception {
        start(hints);
        ofOne.policies()
                .updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(Policy.newBuilder()
                                .setScope(PolicyScope.POLICY_SCOPE_TENANT)
                                .setDuration(Client.seconds(SECONDS)))
                        .build());
        Subscriber subscriber = Subscriber.to(ofOther.channel(), all).untilSnapshotEnd();
        Map<String, AfterCallWork> open = new HashMap<>();
        List<String> agents =
                IntStream.range(0, ACWS).mapToObj(n -> "agent-" + n).toList();
        ofOne.startAcws(agents, Client.call("call").build())
                .forEach(started -> open.put(started.getAcw().getAcwId(), started.getAcw()));

        one.killForcibly();

        await().atMost(Duration.ofSeconds(SECONDS + 10))
                .until(() -> ends(subscriber).size() >= ACWS);
        assertThat(ends(subscriber))
                .extracting(AgentStateChange::getAcwId)
                .containsExactlyInAnyOrderElementsOf(open.keySet());
        assertThat(ends(subscriber)).allSatisfy(end -> assertThat(late(end, open.get(end.getAcwId())))
                .isBetween(0L, PROMISED_MILLIS));
        List<Long> revisions =
                subscriber.changes().stream().map(AgentStateChange::getRevision).toList();
        assertThat(revisions)
                .isEqualTo(LongStream.range(0, revisions.size())
                        .mapToObj(place -> revisions.get(0) + place)
                        .toList());
    }

    private static long late(AgentStateChange end, AfterCallWork acw) {
        assertThat(Timestamps.compare(end.getChangeTime(), acw.getDeadlineTime()))
                .isGreaterThanOrEqualTo(0);
        return Timestamps.toMillis(end.getChangeTime()) - Timestamps.toMillis(acw.getDeadlineTime());
    }

    private static List<AgentStateChange> ends(Subscriber subscriber) {
        return subscriber.changes().stream()
                .filter(change -> change.getCause() == AgentStateChangeCause.AGENT_STATE_CHANGE_CAUSE_ACW_ENDED)
                .toList();
    }
}
