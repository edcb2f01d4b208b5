package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.CALLER;
import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.Fixtures.AGENT;
import static io.aftercall.agent.Fixtures.beginAnyway;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.chat;
import static io.aftercall.agent.Fixtures.extend;
import static io.aftercall.agent.Fixtures.force;
import static io.aftercall.agent.Fixtures.grant;
import static io.aftercall.agent.Fixtures.outcome;
import static io.aftercall.agent.Fixtures.refusal;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.seconds;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.policy.PolicyField.MAX_EXTENSIONS;
import static io.aftercall.policy.PolicyField.MODE;
import static io.aftercall.policy.PolicyField.ON_NEW_INTERACTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Interaction;
import io.aftercall.policy.AcwInteractionAction;
import io.aftercall.policy.AcwMode;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a supervisor may do to open ACWs. */
class SupervisorTest {

    @Test
    void endsAnAcwInModeFixedAndItIsKeptWhoDidItAndWhy() {
        // given
        AgentDriver agent = availableAgent().under(MODE, AcwMode.FIXED).sends(start(call("c-1")));

        // when
        agent.at(5).send(force("c-1"));

        // then
        EndedAcw ended = agent.ended("c-1");
        assertThat(ended.reason()).isEqualTo(EndReason.FORCED);
        assertThat(ended.endedBy()).isEqualTo(CALLER);
        assertThat(ended.forceReason()).isEqualTo("queue is full");
    }

    @Test
    void grantsAnExtensionBeyondThoseOfThePolicy() {
        // given
        AgentDriver agent = availableAgent().under(MAX_EXTENSIONS, 1).sends(start(call("c-1")), extend("c-1"));

        // when
        agent.send(grant("c-1"));

        // then
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(60));
        assertThat(agent.acw("c-1").extensionsUsed()).isEqualTo(2);
        assertThat(agent.acw("c-1").extensionsLeft()).isZero();
        assertThat(refusal(agent.send(extend("c-1")))).isEqualTo(Refusal.EXTENSIONS_EXHAUSTED);
    }

    @Test
    void grantsAnExtensionInModeFixed() {
        // given
        AgentDriver agent = availableAgent().under(MODE, AcwMode.FIXED).sends(start(call("c-1")));

        // when
        agent.send(grant("c-1"));

        // then
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(40));
    }

    @Test
    void grantsAnExtensionWhileTheClockStands() {
        // given
        AgentDriver agent = availableAgent()
                .under(ON_NEW_INTERACTION, AcwInteractionAction.PAUSE)
                .sends(start(call("c-1")), beginAnyway(call("c-2")));

        // when
        agent.send(grant("c-1"));

        // then
        assertThat(agent.acw("c-1").pause().remaining()).isEqualTo(seconds(40));
    }

    @Test
    void thereIsNothingToGrantWhereThereIsNoDeadline() {
        AgentDriver agent = availableAgent().under(MODE, AcwMode.DISCRETIONARY).sends(start(call("c-1")));

        assertThat(refusal(agent.send(grant("c-1")))).isEqualTo(Refusal.EXTENSION_NOT_ALLOWED);
    }

    @Test
    void endsWhatIsOpenOfAQueueAndNothingElse() {
        // given
        AgentDriver agent = availableAgent().sends(start(of("hotline", "c-1")), start(of("orders", "c-2")));

        // when
        Decision decision = agent.send(new EndAcws(AGENT, null, "hotline", "closing"));

        // then
        assertThat(outcome(decision).touched()).isEqualTo(1);
        assertThat(agent.ended("c-1").forceReason()).isEqualTo("closing");
        assertThat(agent.seen().acws())
                .extracting(acw -> acw.interactionId().value())
                .containsExactly("c-2");
    }

    @Test
    void endsWhatIsOpenOfATeamButNotOfWhoHasLeftIt() {
        // given
        AgentDriver agent = availableAgent()
                .sends(
                        new UpdateAgent(AGENT, AgentProfile.NONE.withTeam("sales"), Set.of(UpdateAgent.Field.TEAM_ID)),
                        start(call("c-1")),
                        start(chat("c-2")));

        // when
        Decision others = agent.send(new EndAcws(AGENT, "support", null, "closing"));
        Decision own = agent.send(new EndAcws(AGENT, "sales", null, "closing"));

        // then
        assertThat(others).isInstanceOf(Decision.Unchanged.class);
        assertThat(outcome(own).touched()).isEqualTo(2);
        assertThat(agent.seen().status()).isEqualTo(AgentStatus.AVAILABLE);
    }

    private static Interaction of(String queue, String id) {
        return new Interaction(
                call(id).id(), Channel.VOICE, null, null, queue, null, null, null, null, null, false, false);
    }
}
