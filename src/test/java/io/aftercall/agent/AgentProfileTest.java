package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.AgentDriver.unseenAgent;
import static io.aftercall.agent.Fixtures.AGENT;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.chat;
import static io.aftercall.agent.Fixtures.declare;
import static io.aftercall.agent.Fixtures.outcome;
import static io.aftercall.agent.Fixtures.refusal;
import static io.aftercall.agent.Fixtures.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.interaction.Channel;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What administrators say about agents, and how they remove them. */
class AgentProfileTest {

    private static final AgentProfile SALES = new AgentProfile("sales", Map.of("skill", "es"), Map.of(Channel.CHAT, 1));

    @Test
    void anAgentWhoIsDescribedBeforeAnybodyHasSeenHimIsOffline() {
        // given
        AgentDriver agent = unseenAgent();

        // when
        agent.send(describe(SALES));

        // then
        assertThat(agent.seen().status()).isEqualTo(AgentStatus.OFFLINE);
        assertThat(agent.seen().profile()).isEqualTo(SALES);
        assertThat(agent.causes()).containsExactly(ChangeCause.AGENT_REGISTERED);
    }

    @Test
    void aRoutersFirstWordAboutHimMakesHimAvailable() {
        // given
        AgentDriver agent = unseenAgent().sends(describe(SALES));

        // when
        agent.send(begin(call("c-1")));

        // then
        assertThat(agent.seen().status()).isEqualTo(AgentStatus.ENGAGED);
        assertThat(agent.seen().profile()).isEqualTo(SALES);
    }

    @Test
    void whoHasLoggedOutStaysSo() {
        // given
        AgentDriver agent = unseenAgent().sends(describe(SALES), declare(PresenceSetting.OFFLINE));

        // when
        Decision decision = agent.send(begin(call("c-1")));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.AGENT_NOT_ROUTABLE);
    }

    @Test
    void onlyTheNamedFieldsChange() {
        // given
        AgentDriver agent = availableAgent().sends(describe(SALES));

        // when
        agent.send(
                new UpdateAgent(AGENT, AgentProfile.NONE.withTeam("support"), EnumSet.of(UpdateAgent.Field.TEAM_ID)));

        // then
        assertThat(agent.seen().profile()).isEqualTo(SALES.withTeam("support"));
        assertThat(agent.causes()).endsWith(ChangeCause.AGENT_UPDATED, ChangeCause.AGENT_UPDATED);
    }

    @Test
    void whoIsDescribedAsBeforeDoesNotChange() {
        // given
        AgentDriver agent = availableAgent().sends(describe(SALES));

        // when
        Decision decision = agent.send(describe(SALES));

        // then
        assertThat(decision).isInstanceOf(Decision.Unchanged.class);
        assertThat(outcome(decision).replay()).isTrue();
    }

    @Test
    void anAgentsOwnCapacityReplacesThatOfTheChannel() {
        // given
        AgentDriver agent = availableAgent().sends(describe(SALES));

        // when
        agent.send(begin(chat("chat-1")));

        // then
        assertThat(agent.seen().routable(Channel.CHAT)).isFalse();
        assertThat(agent.seen().routable(Channel.EMAIL)).isTrue();
    }

    @Test
    void aCapacityOfNoneIsNeverRoutable() {
        // given
        AgentDriver agent = availableAgent();

        // when
        agent.send(describe(AgentProfile.NONE.withCapacity(Map.of(Channel.VOICE, 0))));

        // then
        assertThat(Routability.routableChannels(agent.seen())).doesNotContain(Channel.VOICE);
    }

    @Test
    void whoWorksIsNotRemoved() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")));

        // when
        Decision decision = agent.send(new DeleteAgent(AGENT, null));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.AGENT_WORKING);
    }

    @Test
    void byForceTheAcwEndsAndTheAgentIsNoMore() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")), describe(SALES));

        // when
        agent.send(new DeleteAgent(AGENT, "left"));

        // then
        assertThat(agent.stored()).isEqualTo(AgentState.unseen(AGENT));
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.FORCED);
        StateChange last = agent.changes().get(agent.changes().size() - 1);
        assertThat(last.deletes()).isTrue();
        assertThat(last.state().profile()).isEqualTo(SALES);
        assertThat(last.state().due()).isEmpty();
    }

    @Test
    void nobodyIsRemovedWhoIsNotKnown() {
        Decision decision = unseenAgent().send(new DeleteAgent(AGENT, "left"));

        assertThat(refusal(decision)).isEqualTo(Refusal.AGENT_NOT_FOUND);
    }

    private static UpdateAgent describe(AgentProfile profile) {
        return new UpdateAgent(AGENT, profile, EnumSet.allOf(UpdateAgent.Field.class));
    }
}
