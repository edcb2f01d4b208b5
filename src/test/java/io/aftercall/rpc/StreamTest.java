package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStateChange;
import io.aftercall.api.v1.AgentStateChangeCause;
import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamDelivery;
import io.aftercall.boot.DatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a subscriber is told. {@link ResumeTest} has the tokens. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class StreamTest {

    @RegisterExtension
    final Client client = new Client();

    private final String agent = Client.fresh("agent");
    private final String call = Client.fresh("call");
    private final StreamAgentStatesRequest everyChange = StreamAgentStatesRequest.newBuilder()
            .setFilter(AgentStateFilter.newBuilder().addAgentIds(agent))
            .setDelivery(StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE)
            .build();

    @Test
    void aSnapshotComesFirstAndItsEndBringsTheToken() {
        AgentState state = client.startAcw(agent, call).getAgentState();

        Subscriber subscriber = Subscriber.to(client.channel(), everyChange).untilSnapshotEnd();

        assertThat(subscriber.events().get(0).getSnapshotEntry().getState()).isEqualTo(state);
        assertThat(subscriber.events().get(1).getSnapshotEnd().getAgentCount()).isOne();
        assertThat(subscriber.events().get(1).getSnapshotEnd().getRevision())
                .isGreaterThanOrEqualTo(state.getRevision());
        assertThat(subscriber.lastToken()).isNotEmpty();
    }

    @Test
    void aSnapshotOfManyMessagesHasEachAgentOnce() throws Exception {
        List<String> agents =
                IntStream.range(0, 600).mapToObj(n -> agent + '-' + n).toList();
        client.startAcws(agents, Client.call(call).build());

        Subscriber subscriber = Subscriber.to(
                        client.channel(),
                        StreamAgentStatesRequest.newBuilder()
                                .setFilter(AgentStateFilter.newBuilder().addAllAgentIds(agents))
                                .build())
                .untilSnapshotEnd();

        assertThat(subscriber.events().stream().filter(AgentStateEvent::hasSnapshotEntry))
                .extracting(event -> event.getSnapshotEntry().getState().getAgentId())
                .containsExactlyInAnyOrderElementsOf(agents);
        assertThat(subscriber.messages().get(0).getResumeToken()).isEmpty();
    }

    @Test
    void everyChangeTellsWhatHappenedToWhomAndBefore() {
        Subscriber subscriber = Subscriber.to(client.channel(), everyChange).untilSnapshotEnd();
        AgentState started = client.startAcw(agent, call).getAgentState();
        AgentState completed = complete();

        List<AgentStateChange> changes = subscriber.untilChanges(2).changes();

        assertThat(changes)
                .extracting(AgentStateChange::getCause)
                .containsExactly(
                        AgentStateChangeCause.AGENT_STATE_CHANGE_CAUSE_ACW_STARTED,
                        AgentStateChangeCause.AGENT_STATE_CHANGE_CAUSE_ACW_ENDED);
        assertThat(changes.get(0).getState()).isEqualTo(started);
        assertThat(changes.get(0).getInteractionId()).isEqualTo(call);
        assertThat(changes.get(0).getAcwId()).isEqualTo(started.getAcws(0).getAcwId());
        assertThat(changes.get(1).getState()).isEqualTo(completed);
        assertThat(changes.get(1).getPreviousStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AFTER_CALL_WORK);
        assertThat(changes).extracting(AgentStateChange::getCoalescedCount).containsOnly(1);
        assertThat(changes).extracting(change -> change.getState().getVersion()).containsExactly(1L, 2L);
    }

    @Test
    void conflatedDeliveryEndsAtTheLatestStateAndCountsEveryChange() {
        Subscriber subscriber = Subscriber.to(
                        client.channel(),
                        everyChange.toBuilder()
                                .setDelivery(StreamDelivery.STREAM_DELIVERY_CONFLATED)
                                .build())
                .untilSnapshotEnd();
        client.startAcw(agent, call);
        AgentState last = complete();

        subscriber.untilEvent(event -> event.getChange().getState().equals(last));

        assertThat(subscriber.changes().stream()
                        .mapToInt(AgentStateChange::getCoalescedCount)
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void theChangesOfOneCommandAreNeverSplitOverMessages() throws Exception {
        List<String> agents =
                IntStream.range(0, 2_000).mapToObj(n -> agent + '-' + n).toList();
        client.completeAcwsEarly(agents, call);
        Subscriber subscriber = Subscriber.to(
                        client.channel(),
                        everyChange.toBuilder()
                                .setFilter(AgentStateFilter.newBuilder().addAllAgentIds(agents))
                                .build())
                .untilSnapshotEnd();
        client.startAcws(agents, Client.call(call).build());

        subscriber.untilChanges(2 * agents.size());

        assertThat(subscriber.messages()).allSatisfy(message -> {
            List<String> started =
                    in(message.getEventsList(), AgentStateChangeCause.AGENT_STATE_CHANGE_CAUSE_ACW_STARTED);
            List<String> ended = in(message.getEventsList(), AgentStateChangeCause.AGENT_STATE_CHANGE_CAUSE_ACW_ENDED);
            assertThat(ended).isEqualTo(started);
        });
    }

    @Test
    void anAgentWhoLeavesAStatusFilterIsReportedAsLeft() {
        Subscriber subscriber = Subscriber.to(
                        client.channel(),
                        filtered(AgentStateFilter.newBuilder()
                                .addAgentIds(agent)
                                .addStatuses(AgentStatus.AGENT_STATUS_AFTER_CALL_WORK)))
                .untilSnapshotEnd();
        client.startAcw(agent, call);
        complete();

        subscriber.untilEvent(AgentStateEvent::hasLeftFilter);

        assertThat(subscriber.changes())
                .extracting(AgentStateChange::getCause)
                .containsExactly(AgentStateChangeCause.AGENT_STATE_CHANGE_CAUSE_ACW_STARTED);
        assertThat(subscriber.events().get(2).getLeftFilter().getAgentId()).isEqualTo(agent);
    }

    @Test
    void anAgentWhoLeavesAQueueIsReportedAsLeftAndNobodyElseIs() {
        String queue = Client.fresh("queue");
        Subscriber subscriber = Subscriber.to(
                        client.channel(), filtered(AgentStateFilter.newBuilder().addQueueIds(queue)))
                .untilSnapshotEnd();
        client.startAcw(Client.fresh("agent"), Client.fresh("call"));
        startIn(queue, agent);
        complete();

        subscriber.untilEvent(event -> event.getLeftFilter().getAgentId().equals(agent));

        assertThat(subscriber.events().stream()
                        .filter(AgentStateEvent::hasLeftFilter)
                        .map(event -> event.getLeftFilter().getAgentId()))
                .containsExactly(agent);
    }

    @Test
    void bookmarksComeWhenNothingElseDoes() {
        Subscriber subscriber = Subscriber.to(
                client.channel(),
                everyChange.toBuilder()
                        .setBookmarkIntervalDuration(
                                com.google.protobuf.Duration.newBuilder().setNanos(100_000_000))
                        .build());

        subscriber.untilSnapshotEnd().untilEvent(AgentStateEvent::hasBookmark);

        assertThat(subscriber.lastToken()).isNotEmpty();
    }

    private static List<String> in(List<AgentStateEvent> events, AgentStateChangeCause cause) {
        return events.stream()
                .map(AgentStateEvent::getChange)
                .filter(change -> change.getCause() == cause)
                .map(change -> change.getState().getAgentId())
                .sorted()
                .toList();
    }

    private StreamAgentStatesRequest filtered(AgentStateFilter.Builder filter) {
        return everyChange.toBuilder().setFilter(filter).build();
    }

    private void startIn(String queue, String agentId) {
        client.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteraction(Client.call(call).setQueueId(queue))
                        .build());
    }

    private AgentState complete() {
        return client.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteractionId(call)
                        .build())
                .getAgentState();
    }
}
