package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.AgentDriver.unseenAgent;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.outcome;
import static io.aftercall.agent.Fixtures.refusal;
import static io.aftercall.agent.Fixtures.request;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.policy.PolicyField.MAX_EXTENSIONS;
import static io.aftercall.policy.PolicyField.MODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.policy.AcwMode;
import org.junit.jupiter.api.Test;

/** The agent asks for ACW while the interaction is live. */
class RequestedAcwTest {

    @Test
    void inModeAgentRequestedThereIsNoneUnasked() {
        // given
        AgentDriver agent =
                availableAgent().under(MODE, AcwMode.AGENT_REQUESTED).sends(begin(call("c-1")));

        // when
        agent.send(start(call("c-1")));

        // then
        assertThat(((AcwNotRequired) agent.settled("c-1")).reason()).isEqualTo(NotRequiredReason.NOT_REQUESTED);
    }

    @Test
    void inModeAgentRequestedOneThatWasAskedForIsTimed() {
        // given
        AgentDriver agent = availableAgent()
                .under(MODE, AcwMode.AGENT_REQUESTED)
                .sends(begin(call("c-1")), request("c-1"))
                .at(10);

        // when
        agent.send(start(call("c-1")));

        // then
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(30));
        assertThat(agent.acw("c-1").extensionsLeft()).isEqualTo(3);
        assertThat(agent.seen().status()).isEqualTo(AgentStatus.AFTER_CALL_WORK);
    }

    @Test
    void aRouterThatAnnouncesNothingSaysSoAtTheEnd() {
        // given
        AgentDriver agent = availableAgent().under(MODE, AcwMode.AGENT_REQUESTED);

        // when
        agent.send(start(call("c-1").requestingAcw()));

        // then
        assertThat(agent.acw("c-1").interaction().acwRequested()).isTrue();
    }

    @Test
    void inModeTimedItBeginsWithOneExtension() {
        // given
        AgentDriver agent = availableAgent().sends(begin(call("c-1")), request("c-1"));

        // when
        agent.send(start(call("c-1")));

        // then
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(40));
        assertThat(agent.acw("c-1").extensionsLeft()).isEqualTo(2);
    }

    @Test
    void whereThePolicyAllowsNoExtensionThereIsNoMoreTime() {
        // given
        AgentDriver agent = availableAgent().under(MAX_EXTENSIONS, 0).sends(begin(call("c-1")), request("c-1"));

        // when
        agent.send(start(call("c-1")));

        // then
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(20));
    }

    @Test
    void askingTwiceIsAskingOnce() {
        // given
        AgentDriver agent = availableAgent().sends(begin(call("c-1")), request("c-1"));

        // when
        Decision again = agent.send(request("c-1"));

        // then
        assertThat(again).isInstanceOf(Decision.Unchanged.class);
        assertThat(outcome(again).replay()).isTrue();
        assertThat(agent.seen().interactions()).hasSize(1);
    }

    @Test
    void nobodyAsksForAnInteractionThatHasEndedOrNeverWas() {
        AgentDriver agent = availableAgent().sends(begin(call("c-1")), start(call("c-1")));

        assertThat(refusal(agent.send(request("c-1")))).isEqualTo(Refusal.INTERACTION_NOT_LIVE);
        assertThat(refusal(agent.send(request("c-2")))).isEqualTo(Refusal.INTERACTION_NOT_LIVE);
        assertThat(refusal(unseenAgent().send(request("c-1")))).isEqualTo(Refusal.AGENT_NOT_FOUND);
    }
}
