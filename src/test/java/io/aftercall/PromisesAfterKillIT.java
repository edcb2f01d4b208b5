package io.aftercall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AgentStateChange;
import io.aftercall.api.v1.AgentStateChangeCause;
import io.aftercall.api.v1.CreateFollowUpRequest;
import io.aftercall.api.v1.FollowUpDetails;
import io.aftercall.api.v1.FollowUpKind;
import io.aftercall.api.v1.GetWrapUpRequest;
import io.aftercall.api.v1.SaveWrapUpRequest;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamDelivery;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.api.v1.WrapUpRecord;
import io.aftercall.rpc.Client;
import io.aftercall.rpc.Subscriber;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The server is killed while agents write: what was acknowledged is there, and who was promised something is not forgotten. */
class PromisesAfterKillIT {

    private static final int AGENTS = 40;
    private static final long PROMISED_MILLIS = 1_000;

    private final StreamAgentStatesRequest all = StreamAgentStatesRequest.newBuilder()
            .setDelivery(StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE)
            .build();

    @Test
    void everyDraftIsThereAndEveryReminderComesOnce() throws Exception {
        List<String> agents =
                IntStream.range(0, AGENTS).mapToObj(n -> "agent-" + n).toList();
        try (ServerProcess server = ServerProcess.onFreshData().start();
                Client client = server.client()) {
            client.startAcws(agents, Client.call("call").build());
            Subscriber first = Subscriber.to(client.channel(), all).untilSnapshotEnd();
            Map<String, Long> due = new HashMap<>();
            long now = System.currentTimeMillis();
            for (int i = 0; i < AGENTS; i++) {
                client.wrapUps().saveWrapUp(draft(agents.get(i)));
                // Some before the kill, some while the server is away, some after it is back.
                long at = now + 2_000 + i * 300;
                due.put(promise(client, agents.get(i), at), at);
            }
            await().until(() -> !reminders(first.changes()).isEmpty());

            server.killForcibly();
            first.ended().join();
            server.start();
            long ready = System.currentTimeMillis();
            try (Client again = server.client()) {
                Subscriber resumed = Subscriber.to(
                        again.channel(),
                        all.toBuilder().setResumeToken(first.lastToken()).build());

                assertThat(agents).allSatisfy(agent -> {
                    WrapUpRecord record =
                            again.wrapUps().getWrapUp(written(agent)).getRecord();
                    assertThat(record.getWrapUp()).isEqualTo(draft(agent).getWrapUp());
                });
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> reminders(first, resumed).size() >= AGENTS);
                assertThat(reminders(first, resumed))
                        .extracting(AgentStateChange::getFollowUpId)
                        .containsExactlyInAnyOrderElementsOf(due.keySet());
                assertThat(reminders(first, resumed)).allSatisfy(change -> {
                    long at = due.get(change.getFollowUpId());
                    assertThat(Timestamps.toMillis(change.getChangeTime()))
                            .isBetween(at, Math.max(ready, at) + PROMISED_MILLIS);
                });
            }
        }
    }

    private static SaveWrapUpRequest draft(String agent) {
        return SaveWrapUpRequest.newBuilder()
                .setAgentId(agent)
                .setInteractionId("call")
                .setWrapUp(WrapUp.newBuilder().setNotes("Typed by " + agent).addTags("vip"))
                .build();
    }

    private static GetWrapUpRequest written(String agent) {
        return GetWrapUpRequest.newBuilder()
                .setAgentId(agent)
                .setInteractionId("call")
                .build();
    }

    private static String promise(Client client, String agent, long due) {
        return client.followUps()
                .createFollowUp(CreateFollowUpRequest.newBuilder()
                        .setAgentId(agent)
                        .setDetails(FollowUpDetails.newBuilder()
                                .setKind(FollowUpKind.FOLLOW_UP_KIND_CALLBACK)
                                .setDueTime(Timestamps.fromMillis(due)))
                        .build())
                .getFollowUp()
                .getFollowUpId();
    }

    private static List<AgentStateChange> reminders(Subscriber first, Subscriber resumed) {
        return reminders(Stream.concat(first.changes().stream(), resumed.changes().stream())
                .toList());
    }

    private static List<AgentStateChange> reminders(List<AgentStateChange> changes) {
        return changes.stream()
                .filter(change -> change.getCause() == AgentStateChangeCause.AGENT_STATE_CHANGE_CAUSE_FOLLOW_UP_DUE)
                .toList();
    }
}
