package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.Fixtures.SALE;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.callAnsweredAt;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.missed;
import static io.aftercall.agent.Fixtures.outcome;
import static io.aftercall.agent.Fixtures.refusal;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.seconds;
import static io.aftercall.agent.Fixtures.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.interaction.InteractionOutcome;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.PolicyField;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AcwNotRequiredTest {

    @Test
    void noAcwFollowsWhereThePolicySwitchesItOff() {
        // given
        AgentDriver agent =
                availableAgent().under(PolicyField.MODE, AcwMode.OFF).sends(begin(call("c-1")));

        // when
        agent.send(start(call("c-1")));

        // then
        assertThat(reason(agent)).isEqualTo(NotRequiredReason.ACW_DISABLED);
        assertThat(agent.causes()).endsWith(ChangeCause.INTERACTION_ENDED);
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.AVAILABLE);
    }

    @Test
    void nothingChangesForAnAgentWhoWasNotKnownToBeInTheInteraction() {
        // given
        AgentDriver agent = availableAgent().under(PolicyField.MODE, AcwMode.OFF);
        AgentState before = agent.stored();

        // when
        agent.send(start(call("c-1")));

        // then
        assertThat(agent.stored()).isEqualTo(before);
        assertThat(reason(agent)).isEqualTo(NotRequiredReason.ACW_DISABLED);
    }

    @Test
    void noAcwFollowsAnOutcomeThatThePolicyDoesNotName() {
        // given
        AgentDriver agent = availableAgent();

        // when
        agent.send(start(missed(call("c-1"))));

        // then
        assertThat(reason(agent)).isEqualTo(NotRequiredReason.OUTCOME_EXCLUDED);
    }

    @Test
    void anAcwFollowsAMissedCallWhereThePolicyNamesIt() {
        // given
        AgentDriver agent = availableAgent().under(PolicyField.START_ON, Set.of(InteractionOutcome.MISSED));

        // when
        agent.send(start(missed(call("c-1"))));

        // then
        assertThat(agent.stored().acws()).hasSize(1);
    }

    @Test
    void noAcwFollowsAShorterTalkThanThePolicyAsksFor() {
        // given
        AgentDriver agent = availableAgent().under(PolicyField.MIN_TALK_DURATION, seconds(10));

        // when
        agent.at(9).send(start(callAnsweredAt("c-1", second(0))));

        // then
        assertThat(reason(agent)).isEqualTo(NotRequiredReason.TALK_TIME_TOO_SHORT);
    }

    @Test
    void anAcwFollowsATalkThatIsExactlyLongEnough() {
        // given
        AgentDriver agent = availableAgent().under(PolicyField.MIN_TALK_DURATION, seconds(10));

        // when
        agent.at(10).send(start(callAnsweredAt("c-1", second(0))));

        // then
        assertThat(agent.stored().acws()).hasSize(1);
    }

    @Test
    void anAcwFollowsATalkOfUnknownLength() {
        // given
        AgentDriver agent = availableAgent().under(PolicyField.MIN_TALK_DURATION, seconds(10));

        // when
        agent.send(start(call("c-1")));

        // then
        assertThat(agent.stored().acws()).hasSize(1);
    }

    @Test
    void aRouterWhoseClockIsAheadDoesNotMakeATalkTooShort() {
        // given
        AgentDriver agent = availableAgent();

        // when
        agent.at(1).send(start(callAnsweredAt("c-1", second(1).plusMillis(50))));

        // then
        assertThat(agent.stored().acws()).hasSize(1);
    }

    @Test
    void theAgentMayWriteUpAllTheSameForAsLongAsLateCompletionLasts() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.MODE, AcwMode.OFF)
                .under(PolicyField.LATE_COMPLETION, seconds(60))
                .sends(start(call("c-1")));

        // when
        Decision decision = agent.at(59).send(complete("c-1", SALE));

        // then
        assertThat(outcome(decision).acw()).contains(agent.settled("c-1"));
        assertThat(agent.wrapUp("c-1")).contains(SALE);
        assertThat(agent.wrapUpRevision("c-1")).isEqualTo(1);
    }

    @Test
    void theAgentMayNoLongerWriteUpWhenLateCompletionIsOver() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.MODE, AcwMode.OFF)
                .under(PolicyField.LATE_COMPLETION, seconds(60))
                .sends(start(call("c-1")));

        // when
        Decision decision = agent.at(60).send(complete("c-1", SALE));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.ACW_ENDED);
    }

    private static NotRequiredReason reason(AgentDriver agent) {
        return ((AcwNotRequired) agent.settled("c-1")).reason();
    }
}
