package io.aftercall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.AgentStateChange;
import io.aftercall.api.v1.AgentStateChangeCause;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.ListAgentStatesRequest;
import io.aftercall.api.v1.ListAgentStatesResponse;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two servers on one database. */
class TwoReplicasIT {

    private static final int ACWS = 200;
    private static final long SECONDS = 5;
    private static final long PROMISED_MILLIS = 1_000;

    private final StreamAgentStatesRequest all = StreamAgentStatesRequest.newBuilder()
            .setDelivery(StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE)
            .build();

    private ServerProcess one;
    private ServerProcess other;
    private Client ofOne;
    private Client ofOther;

    private void start(boolean hints) throws IOException {
        one = ServerProcess.onFreshData()
                .with("AFTERCALL_FEED_HINTS", Boolean.toString(hints))
                .start();
        other = ServerProcess.beside(one)
                .with("AFTERCALL_FEED_HINTS", Boolean.toString(hints))
                .start();
        ofOne = one.client();
        ofOther = other.client();
    }

    @AfterEach
    void stop() throws IOException {
        ofOne.close();
        ofOther.close();
        other.close();
        one.close();
    }

    @Test
    void whatOneHasAcknowledgedTheOtherReadsAndDecidesOnAtOnce() throws IOException {
        start(true);
        for (int turn = 0; turn < 50; turn++) {
            String call = "call-" + turn;
            ofOne.startAcw("ada", call);
            assertThat(ofOther.state("ada").getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AFTER_CALL_WORK);

            ofOther.acw()
                    .completeAcw(CompleteAcwRequest.newBuilder()
                            .setAgentId("ada")
                            .setInteractionId(call)
                            .build());

            assertThat(ofOne.state("ada").getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AVAILABLE);
            assertThat(ofOne.startAcw("ada", call).getAlreadyStarted()).isTrue();
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
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
