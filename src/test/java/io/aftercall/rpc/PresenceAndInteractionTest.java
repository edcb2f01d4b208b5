package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.api.v1.AcwBlocks;
import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AcwInteractionAction;
import io.aftercall.api.v1.AcwLogoutAction;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.BeginInteractionRequest;
import io.aftercall.api.v1.BeginInteractionResponse;
import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.SetPresenceResponse;
import io.aftercall.api.v1.StartAcwResponse;
import io.aftercall.boot.DatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class PresenceAndInteractionTest {

    @RegisterExtension
    final Client client = new Client();

    private final String agent = Client.fresh("agent");
    private final String call = Client.fresh("call");

    @Test
    void aPresenceOutsideWorkHoldsAtOnce() {
        SetPresenceResponse response = declare(Presence.PRESENCE_NOT_READY, "LUNCH");

        assertThat(response.getPending()).isFalse();
        assertThat(response.getAgentState().getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_NOT_READY);
        assertThat(response.getAgentState().getNotReadyReason()).isEqualTo("LUNCH");
        assertThat(response.getAgentState().getVersion()).isPositive();
    }

    @Test
    void theSamePresenceAgainChangesNothing() {
        SetPresenceResponse first = declare(Presence.PRESENCE_AVAILABLE, "");

        SetPresenceResponse second = declare(Presence.PRESENCE_AVAILABLE, "");

        assertThat(second).isEqualTo(first);
    }

    @Test
    void aPresenceDuringAcwIsKeptAndMakesTheAgentUnroutableAfterwards() {
        client.startAcw(agent, call);

        SetPresenceResponse response = declare(Presence.PRESENCE_NOT_READY, "LUNCH");

        assertThat(response.getPending()).isTrue();
        assertThat(response.getAgentState().getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AFTER_CALL_WORK);
        assertThat(response.getAgentState().getNextPresence().getPresence()).isEqualTo(Presence.PRESENCE_NOT_READY);
        assertThat(response.getAgentState().hasAvailableByTime()).isFalse();
    }

    @Test
    void loggingOutEndsTheAcwOnlyIfThePolicySaysSo() {
        client.rules(agent, Policy.newBuilder().setOnLogout(AcwLogoutAction.ACW_LOGOUT_ACTION_END));
        client.startAcw(agent, call);

        SetPresenceResponse response = declare(Presence.PRESENCE_OFFLINE, "");

        assertThat(response.getPending()).isFalse();
        assertThat(response.getAgentState().getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_OFFLINE);
        assertThat(client.startAcw(agent, call).getAcw().getEndReason())
                .isEqualTo(AcwEndReason.ACW_END_REASON_LOGGED_OUT);
    }

    @Test
    void beginTakesTheSlotAndRepeatedItChangesNothing() {
        BeginInteractionResponse first = begin(Client.fresh("call"), Channel.CHANNEL_VOICE, false);
        String same = first.getAgentState().getInteractions(0).getInteractionId();

        BeginInteractionResponse second = begin(same, Channel.CHANNEL_VOICE, false);

        assertThat(first.getAgentState().getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_ENGAGED);
        assertThat(first.getAgentState().getRoutableChannelsList())
                .contains(Channel.CHANNEL_CHAT)
                .doesNotContain(Channel.CHANNEL_VOICE);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void ofManyRoutersThatOfferAtOnceExactlyOneGetsTheAgent() throws Exception {
        List<Callable<Boolean>> routers = IntStream.range(0, 16)
                .<Callable<Boolean>>mapToObj(router -> () -> offer(Client.fresh("call")))
                .toList();
        ExecutorService pool = Executors.newFixedThreadPool(routers.size());

        long taken;
        try {
            taken = pool.invokeAll(routers).stream()
                    .filter(PresenceAndInteractionTest::taken)
                    .count();
        } finally {
            pool.shutdownNow();
        }

        assertThat(taken).isOne();
        assertThat(client.state(agent).getInteractionsList()).hasSize(1);
    }

    @Test
    void anAgentHasThreeChatsAndNotAFourth() {
        IntStream.range(0, 3).forEach(chat -> begin(Client.fresh("chat"), Channel.CHANNEL_CHAT, false));

        AgentState state = client.state(agent);

        assertThat(state.getInteractionsList()).hasSize(3);
        assertThat(state.getRoutableChannelsList())
                .containsExactly(Channel.CHANNEL_VOICE, Channel.CHANNEL_EMAIL, Channel.CHANNEL_TASK);
    }

    @Test
    void overrideBeginsDuringAcwAndPausesItIfThePolicySaysSo() {
        client.rules(agent, Policy.newBuilder().setOnNewInteraction(AcwInteractionAction.ACW_INTERACTION_ACTION_PAUSE));
        client.startAcw(agent, call);
        String next = Client.fresh("call");
        AgentState paused = begin(next, Channel.CHANNEL_VOICE, true).getAgentState();

        StartAcwResponse resumed = client.startAcw(agent, next);

        assertThat(paused.getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_ENGAGED);
        assertThat(paused.getAcws(0).getPaused()).isTrue();
        assertThat(paused.getAcws(0).hasDeadlineTime()).isFalse();
        assertThat(paused.getAcws(0).getRemainingDuration().getSeconds()).isBetween(1L, 20L);
        assertThat(resumed.getAgentState().getAcwsList()).hasSize(2).noneMatch(acw -> acw.getPaused());
    }

    @Test
    void anAcwThatBlocksItsOwnChannelLeavesTheOthersRoutable() {
        client.rules(agent, Policy.newBuilder().setBlocks(AcwBlocks.ACW_BLOCKS_OWN_CHANNEL));

        AgentState state = client.startAcw(agent, call).getAgentState();

        assertThat(state.getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AVAILABLE);
        assertThat(state.getRoutableChannelsList())
                .containsExactly(Channel.CHANNEL_CHAT, Channel.CHANNEL_EMAIL, Channel.CHANNEL_TASK);
    }

    private static boolean taken(Future<Boolean> offer) {
        try {
            return offer.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private boolean offer(String interactionId) {
        try {
            begin(interactionId, Channel.CHANNEL_VOICE, false);
            return true;
        } catch (io.grpc.StatusRuntimeException refused) {
            assertThat(GrpcError.of(refused).reason()).isEqualTo("AGENT_NOT_ROUTABLE");
            return false;
        }
    }

    private BeginInteractionResponse begin(String interactionId, Channel channel, boolean override) {
        return client.agents()
                .beginInteraction(BeginInteractionRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteraction(Client.call(interactionId).setChannel(channel))
                        .setOverride(override)
                        .build());
    }

    private SetPresenceResponse declare(Presence presence, String reason) {
        return client.agents()
                .setPresence(SetPresenceRequest.newBuilder()
                        .setAgentId(agent)
                        .setPresence(presence)
                        .setNotReadyReason(reason)
                        .build());
    }
}
