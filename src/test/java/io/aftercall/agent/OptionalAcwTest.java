package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.Fixtures.LUNCH;
import static io.aftercall.agent.Fixtures.SALE;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.declare;
import static io.aftercall.agent.Fixtures.extend;
import static io.aftercall.agent.Fixtures.refusal;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.seconds;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.policy.PolicyField.MODE;
import static io.aftercall.policy.PolicyField.ON_NEW_INTERACTION;
import static io.aftercall.policy.PolicyField.ON_TIMEOUT;
import static io.aftercall.policy.PolicyField.REST_DURATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.interaction.Channel;
import io.aftercall.policy.AcwInteractionAction;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.AcwTimeoutAction;
import org.junit.jupiter.api.Test;

/** In mode OPTIONAL the agent is free at once and may write up all the same. */
class OptionalAcwTest {

    @Test
    void theAgentIsRoutableAtOnce() {
        // given
        AgentDriver agent = optional().sends(begin(call("c-1")));

        // when
        agent.send(start(call("c-1")));

        // then
        assertThat(agent.seen().status()).isEqualTo(AgentStatus.AVAILABLE);
        assertThat(agent.seen().routable(Channel.VOICE)).isTrue();
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(20));
        assertThat(Routability.availableBy(agent.seen())).isEmpty();
    }

    @Test
    void theWrapUpIsStored() {
        // given
        AgentDriver agent = optional().sends(start(call("c-1"))).at(7);

        // when
        agent.send(complete("c-1", SALE));

        // then
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.COMPLETED);
        assertThat(agent.wrapUp("c-1")).contains(SALE);
    }

    @Test
    void whatWouldKeepTheAgentIsOfNoEffect() {
        // given
        AgentDriver agent = optional()
                .under(ON_TIMEOUT, AcwTimeoutAction.NOT_READY)
                .under(REST_DURATION, seconds(30))
                .sends(start(call("c-1")));

        // when
        agent.punctuallyUntil(second(21));

        // then
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.TIMED_OUT);
        assertThat(agent.seen().status()).isEqualTo(AgentStatus.AVAILABLE);
    }

    @Test
    void theNextInteractionDoesNotTouchIt() {
        // given
        AgentDriver agent =
                optional().under(ON_NEW_INTERACTION, AcwInteractionAction.END).sends(start(call("c-1")));

        // when
        agent.send(begin(call("c-2")));

        // then
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(20));
        assertThat(agent.seen().status()).isEqualTo(AgentStatus.ENGAGED);
    }

    @Test
    void aPresenceHoldsAtOnce() {
        // given
        AgentDriver agent = optional().sends(start(call("c-1")));

        // when
        agent.send(declare(LUNCH));

        // then
        assertThat(agent.seen().status()).isEqualTo(AgentStatus.NOT_READY);
    }

    @Test
    void aPresenceThatWaitedForTheEndOfTheCallHoldsThen() {
        // given
        AgentDriver agent = optional().sends(begin(call("c-1")), declare(LUNCH));

        // when
        agent.send(start(call("c-1")));

        // then
        assertThat(agent.seen().status()).isEqualTo(AgentStatus.NOT_READY);
    }

    @Test
    void itIsNotExtended() {
        AgentDriver agent = optional().sends(start(call("c-1")));

        assertThat(refusal(agent.send(extend("c-1")))).isEqualTo(Refusal.EXTENSION_NOT_ALLOWED);
    }

    private static AgentDriver optional() {
        return availableAgent().under(MODE, AcwMode.OPTIONAL);
    }
}
