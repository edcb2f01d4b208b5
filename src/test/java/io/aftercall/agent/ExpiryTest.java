package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.AgentDriver.unseenAgent;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.chat;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.seconds;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.agent.Fixtures.timer;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.policy.AcwMode;
import io.aftercall.policy.PolicyField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpiryTest {

    @ParameterizedTest
    @EnumSource(names = {"TIMED", "FIXED"})
    void anAcwEndsAtItsDeadline(AcwMode mode) {
        // given
        AgentDriver agent = availableAgent().under(PolicyField.MODE, mode).sends(start(call("c-1")));

        // when
        agent.at(20).send(timer());

        // then
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.TIMED_OUT);
        assertThat(agent.ended("c-1").endedBy()).isEqualTo(Occasion.SERVER);
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.AVAILABLE);
    }

    @Test
    void aTimerThatFiresTooEarlyDoesNothing() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.WARNING_BEFORE_END, seconds(0))
                .sends(start(call("c-1")));

        // when
        Decision decision = agent.at(second(20).minusNanos(1)).send(timer());

        // then
        assertThat(decision).isEqualTo(new Decision.Unchanged(agent.stored(), Outcome.NONE));
    }

    @Test
    void aTimerThatFiresLateDatesTheEndBack() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")));

        // when
        agent.at(500).send(timer());

        // then
        assertThat(agent.ended("c-1").endTime()).isEqualTo(second(20));
        assertThat(agent.stored().statusSince()).isEqualTo(second(20));
    }

    @Test
    void aTimerForAnAgentOfWhomNobodyHasHeardDoesNothing() {
        // given
        AgentDriver agent = unseenAgent();

        // when
        Decision decision = agent.send(timer());

        // then
        assertThat(decision).isEqualTo(new Decision.Unchanged(agent.stored(), Outcome.NONE));
    }

    @Test
    void severalAcwsEndInTheOrderOfTheirDeadlines() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.DURATION, seconds(60))
                .sends(start(chat("long")))
                .under(PolicyField.DURATION, seconds(30))
                .sends(start(chat("short")));

        // when
        agent.at(500).send(timer());

        // then
        assertThat(agent.changes())
                .filteredOn(change -> change.cause() == ChangeCause.ACW_ENDED)
                .extracting(change -> change.interactionId().value())
                .containsExactly("short", "long");
        assertThat(agent.stored().statusSince()).isEqualTo(second(60));
    }

    @Test
    void aCommandThatComesAfterTheDeadlineFindsTheAcwTimedOut() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")));

        // when
        agent.at(20).send(complete("c-1", Fixtures.SALE));

        // then
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.TIMED_OUT);
        assertThat(agent.wrapUp("c-1")).contains(Fixtures.SALE);
    }
}
