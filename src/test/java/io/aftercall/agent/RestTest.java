package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.Fixtures.AVAILABLE;
import static io.aftercall.agent.Fixtures.LUNCH;
import static io.aftercall.agent.Fixtures.OFFLINE;
import static io.aftercall.agent.Fixtures.beginAnyway;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.chat;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.completeAndThen;
import static io.aftercall.agent.Fixtures.declare;
import static io.aftercall.agent.Fixtures.missed;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.seconds;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.agent.Fixtures.timer;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.policy.AcwLogoutAction;
import io.aftercall.policy.PolicyField;
import org.junit.jupiter.api.Test;

class RestTest {

    @Test
    void beginsWhenTheAcwEnds() {
        // given
        AgentDriver agent = restingAfter(10).sends(start(call("c-1")));

        // when
        agent.at(5).send(complete("c-1"));

        // then
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.RESTING);
        assertThat(agent.stored().statusSince()).isEqualTo(second(5));
        assertThat(agent.stored().restUntil()).isEqualTo(second(15));
        assertThat(Routability.routableChannels(agent.stored())).isEmpty();
    }

    @Test
    void endsByItself() {
        // given
        AgentDriver agent = restingAfter(10).sends(start(call("c-1")), complete("c-1"));

        // when
        agent.at(12).send(timer());

        // then
        assertThat(agent.causes()).endsWith(ChangeCause.REST_ENDED);
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.AVAILABLE);
        assertThat(agent.stored().statusSince()).isEqualTo(second(10));
    }

    @Test
    void lastsFromTheDeadlineHoweverLateTheTimerIs() {
        // given
        AgentDriver agent = restingAfter(10).sends(start(call("c-1")));

        // when
        agent.at(25).send(timer());

        // then
        assertThat(agent.stored().restUntil()).isEqualTo(second(30));
    }

    @Test
    void lastsUntilTheLatestOfSeveral() {
        // given
        AgentDriver agent = restingAfter(60)
                .sends(start(chat("c-1")))
                .under(PolicyField.REST_DURATION, seconds(10))
                .sends(start(chat("c-2")), complete("c-1"));

        // when
        agent.at(2).send(complete("c-2"));

        // then
        assertThat(agent.stored().restUntil()).isEqualTo(second(60));
    }

    @Test
    void isNotSeenWhileAnotherAcwIsOpen() {
        // given
        AgentDriver agent = restingAfter(60).sends(start(chat("c-1")), start(chat("c-2")));

        // when
        agent.send(complete("c-1"));

        // then
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.AFTER_CALL_WORK);
    }

    @Test
    void isNotForAnAgentWhoIsNotAvailableAfterwards() {
        // given
        AgentDriver agent = restingAfter(10).sends(start(call("c-1")));

        // when
        agent.send(completeAndThen("c-1", LUNCH));

        // then
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.NOT_READY);
        assertThat(agent.stored().restUntil()).isNull();
    }

    @Test
    void isForAnAgentWhoBecomesAvailableAfterwards() {
        // given
        AgentDriver agent = restingAfter(10).sends(declare(LUNCH), start(call("c-1")));

        // when
        agent.send(completeAndThen("c-1", AVAILABLE));

        // then
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.RESTING);
    }

    @Test
    void isOverWhenTheAgentDeclaresNotToBeReady() {
        // given
        AgentDriver agent = restingAfter(10).sends(start(call("c-1")), complete("c-1"));

        // when
        agent.at(1).send(declare(LUNCH));

        // then
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.NOT_READY);
        assertThat(agent.stored().due()).isEmpty();
    }

    @Test
    void doesNotFollowAnAcwThatALogoutEndedAlsoIfTheAgentStays() {
        // given
        AgentDriver agent = restingAfter(10)
                .under(PolicyField.ON_LOGOUT, AcwLogoutAction.END)
                .sends(start(call("c-1")), beginAnyway(call("c-2")), declare(OFFLINE));

        // when
        agent.send(declare(AVAILABLE));

        // then
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.LOGGED_OUT);
        assertThat(agent.stored().restUntil()).isNull();
    }

    @Test
    void doesNotFollowAnInteractionThatNeededNoAcw() {
        // given
        AgentDriver agent = restingAfter(10).sends(beginAnyway(call("c-1")));

        // when
        agent.send(start(missed(call("c-1"))));

        // then
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.AVAILABLE);
    }

    private static AgentDriver restingAfter(int seconds) {
        return availableAgent().under(PolicyField.REST_DURATION, seconds(seconds));
    }
}
