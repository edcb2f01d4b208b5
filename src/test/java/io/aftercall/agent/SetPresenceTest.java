package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.AgentDriver.unseenAgent;
import static io.aftercall.agent.Fixtures.AVAILABLE;
import static io.aftercall.agent.Fixtures.LUNCH;
import static io.aftercall.agent.Fixtures.OFFLINE;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.chat;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.declare;
import static io.aftercall.agent.Fixtures.missed;
import static io.aftercall.agent.Fixtures.outcome;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.policy.AcwLogoutAction;
import io.aftercall.policy.PolicyField;
import org.junit.jupiter.api.Test;

class SetPresenceTest {

    @Test
    void holdsAtOnceForAnAgentWithoutWork() {
        // given
        AgentDriver agent = availableAgent();

        // when
        Decision decision = agent.at(6).send(declare(LUNCH));

        // then
        assertThat(agent.stored().presence()).isEqualTo(LUNCH);
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.NOT_READY);
        assertThat(outcome(decision).pending()).isFalse();
    }

    @Test
    void registersAnAgentWithThatPresence() {
        // given
        AgentDriver agent = unseenAgent();

        // when
        agent.at(6).send(declare(OFFLINE));

        // then
        assertThat(agent.causes()).containsExactly(ChangeCause.AGENT_REGISTERED);
        assertThat(agent.stored().presence()).isEqualTo(OFFLINE);
        assertThat(agent.stored().statusSince()).isEqualTo(second(6));
    }

    @Test
    void changesNothingTheSecondTime() {
        // given
        AgentDriver agent = availableAgent().sends(declare(LUNCH));

        // when
        Decision decision = agent.at(6).send(declare(LUNCH));

        // then
        assertThat(decision).isEqualTo(new Decision.Unchanged(agent.stored(), Outcome.NONE));
    }

    @Test
    void isKeptDuringAnAcwUntilItEnds() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")));

        // when
        Decision decision = agent.send(declare(LUNCH));

        // then
        assertThat(outcome(decision).pending()).isTrue();
        assertThat(agent.stored().presence()).isEqualTo(AVAILABLE);
        assertThat(agent.stored().nextPresence()).isEqualTo(LUNCH);
        assertThat(agent.at(20).seen().presence()).isEqualTo(LUNCH);
        assertThat(agent.seen().nextPresence()).isNull();
    }

    @Test
    void isKeptDuringAnInteractionUntilItEnds() {
        // given
        AgentDriver agent = availableAgent().sends(begin(call("c-1")), declare(LUNCH));

        // when
        agent.send(start(missed(call("c-1"))));

        // then
        assertThat(agent.stored().presence()).isEqualTo(LUNCH);
    }

    @Test
    void isKeptUntilTheLastWorkEnds() {
        // given
        AgentDriver agent = availableAgent().sends(start(chat("c-1")), start(chat("c-2")), declare(LUNCH));

        // when
        agent.send(complete("c-1"));

        // then
        assertThat(agent.stored().presence()).isEqualTo(AVAILABLE);
        assertThat(agent.stored().nextPresence()).isEqualTo(LUNCH);
    }

    @Test
    void takesBackWhatWasKept() {
        // given
        AgentDriver agent = availableAgent().sends(begin(call("c-1")), declare(LUNCH));

        // when
        agent.send(declare(AVAILABLE));

        // then
        agent.send(start(missed(call("c-1"))));
        assertThat(agent.stored().presence()).isEqualTo(AVAILABLE);
    }

    @Test
    void logsInAtOnceAlsoDuringWork() {
        // given
        AgentDriver agent = unseenAgent().sends(declare(OFFLINE), start(call("c-1")));

        // when
        agent.send(declare(AVAILABLE));

        // then
        assertThat(agent.stored().presence()).isEqualTo(AVAILABLE);
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.AFTER_CALL_WORK);
    }

    @Test
    void logsOutWhenTheAcwEndsWhereItKeepsRunning() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")));

        // when
        agent.at(5).send(declare(OFFLINE));

        // then
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.AFTER_CALL_WORK);
        assertThat(agent.at(20).seen().status()).isEqualTo(AgentStatus.OFFLINE);
    }

    @Test
    void logsOutAtOnceWhereThePolicyEndsTheAcwThen() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.ON_LOGOUT, AcwLogoutAction.END)
                .sends(start(call("c-1")));

        // when
        Decision decision = agent.at(5).send(declare(OFFLINE));

        // then
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.LOGGED_OUT);
        assertThat(agent.ended("c-1").endTime()).isEqualTo(second(5));
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.OFFLINE);
        assertThat(outcome(decision).pending()).isFalse();
    }

    @Test
    void endsOnlyTheAcwsWhosePolicySaysSo() {
        // given
        AgentDriver agent = availableAgent()
                .sends(start(chat("c-1")))
                .under(PolicyField.ON_LOGOUT, AcwLogoutAction.END)
                .sends(start(chat("c-2")));

        // when
        agent.send(declare(OFFLINE));

        // then
        assertThat(agent.stored().acws()).containsExactly(agent.acw("c-1"));
        assertThat(agent.stored().nextPresence()).isEqualTo(OFFLINE);
    }
}
