package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.AgentDriver.unseenAgent;
import static io.aftercall.agent.Fixtures.beginAnyway;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.extend;
import static io.aftercall.agent.Fixtures.outcome;
import static io.aftercall.agent.Fixtures.refusal;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.seconds;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.agent.Fixtures.timer;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.policy.AcwInteractionAction;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.PolicyField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExtendAcwTest {

    @Test
    void movesTheDeadlineByTheExtensionAndNotFromNow() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.EXTENSION_DURATION, seconds(30))
                .sends(start(call("c-1")));

        // when
        Decision decision = agent.at(12).send(extend("c-1"));

        // then
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(50));
        assertThat(agent.acw("c-1").extensionsUsed()).isEqualTo(1);
        assertThat(agent.acw("c-1").extensionsLeft()).isEqualTo(2);
        assertThat(outcome(decision)).isEqualTo(Outcome.of(agent.acw("c-1")));
        assertThat(agent.causes()).endsWith(ChangeCause.ACW_EXTENDED);
    }

    @Test
    void makesTheTimerOfTheOldDeadlineComeForNothing() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")), extend("c-1"));
        AgentState extended = agent.stored();

        // when
        Decision decision = agent.at(20).send(timer());

        // then
        assertThat(decision).isEqualTo(new Decision.Unchanged(extended, Outcome.NONE));
    }

    @Test
    void isRefusedWhenThePolicysExtensionsAreUsedUp() {
        // given
        AgentDriver agent =
                availableAgent().under(PolicyField.MAX_EXTENSIONS, 1).sends(start(call("c-1")), extend("c-1"));

        // when
        Decision decision = agent.send(extend("c-1"));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.EXTENSIONS_EXHAUSTED);
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(40));
    }

    @ParameterizedTest
    @EnumSource(names = {"FIXED", "DISCRETIONARY"})
    void isNotAllowedInOtherModes(AcwMode mode) {
        // given
        AgentDriver agent = availableAgent().under(PolicyField.MODE, mode).sends(start(call("c-1")));

        // when
        Decision decision = agent.send(extend("c-1"));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.EXTENSION_NOT_ALLOWED);
        assertThat(agent.acw("c-1").extensionsLeft()).isZero();
    }

    @Test
    void isNotAllowedWhileTheClockStands() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.ON_NEW_INTERACTION, AcwInteractionAction.PAUSE)
                .sends(start(call("c-1")), beginAnyway(call("c-2")));

        // when
        Decision decision = agent.send(extend("c-1"));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.EXTENSION_NOT_ALLOWED);
    }

    @Test
    void isRefusedAfterTheEnd() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")), complete("c-1"));

        // when
        Decision decision = agent.send(extend("c-1"));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.ACW_ENDED);
    }

    @Test
    void isRefusedAtTheDeadlineAlthoughNoTimerHasComeBy() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")));
        AgentState stored = agent.stored();

        // when
        Decision decision = agent.at(20).send(extend("c-1"));

        // then
        assertThat(decision).isEqualTo(new Decision.Refused(Refusal.ACW_ENDED, stored));
    }

    @Test
    void doesNotFindAnAcwThatNeverStarted() {
        // given
        AgentDriver agent = availableAgent().sends(complete("c-1"));

        // when
        Decision decision = agent.send(extend("c-1"));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.ACW_NOT_FOUND);
    }

    @Test
    void doesNotFindAnAgentOfWhomNobodyHasHeard() {
        // given
        AgentDriver agent = unseenAgent();

        // when
        Decision decision = agent.send(extend("c-1"));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.AGENT_NOT_FOUND);
    }
}
