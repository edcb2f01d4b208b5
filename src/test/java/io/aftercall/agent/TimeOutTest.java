package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.Fixtures.AVAILABLE;
import static io.aftercall.agent.Fixtures.LUNCH;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.beginAnyway;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.chat;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.declare;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.agent.Fixtures.timer;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.policy.AcwBlocks;
import io.aftercall.policy.AcwTimeoutAction;
import io.aftercall.policy.PolicyField;
import io.aftercall.wrapup.WrapUp;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the policy makes of an ACW that times out. */
class TimeOutTest {

    @Test
    void theServerWritesTheDispositionOfAnAcwThatTimedOut() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.TIMEOUT_DISPOSITION, "NONE_GIVEN")
                .sends(start(call("c-1")));

        // when
        agent.at(20).send(timer());

        // then
        assertThat(agent.wrapUp("c-1")).contains(WrapUp.EMPTY.classified("NONE_GIVEN"));
        assertThat(agent.wrapUpRevision("c-1")).isEqualTo(1);
    }

    @Test
    void theServerWritesNoDispositionWhereThePolicyHasNone() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")));

        // when
        agent.at(20).send(timer());

        // then
        assertThat(agent.wrapUp("c-1")).isEqualTo(Optional.empty());
    }

    @Test
    void anAgentWhoLetsTheTimeRunOutBecomesNotReadyWhereThePolicySaysSo() {
        // given
        AgentDriver agent = strictAgent()
                .under(PolicyField.ON_TIMEOUT_NOT_READY_REASON, "SLEEPING")
                .sends(start(call("c-1")));

        // when
        agent.at(20).send(timer());

        // then
        assertThat(agent.stored().presence()).isEqualTo(PresenceSetting.notReady("SLEEPING"));
    }

    @Test
    void anAgentWhoCompletesInTimeDoesNotBecomeNotReady() {
        // given
        AgentDriver agent = strictAgent().sends(start(call("c-1")));

        // when
        agent.at(19).send(complete("c-1"));

        // then
        assertThat(agent.stored().presence()).isEqualTo(AVAILABLE);
    }

    @Test
    void whatTheAgentChoseCountsMoreThanTheTimeOut() {
        // given
        AgentDriver agent = strictAgent().sends(start(call("c-1")), declare(LUNCH));

        // when
        agent.at(20).send(timer());

        // then
        assertThat(agent.stored().presence()).isEqualTo(LUNCH);
    }

    @Test
    void anAgentWhoChoseToBeAvailableAfterwardsIsSoAfterTheTimeOut() {
        // given
        AgentDriver agent = strictAgent().sends(start(call("c-1")), declare(AVAILABLE));

        // when
        agent.at(20).send(timer());

        // then
        assertThat(agent.stored().presence()).isEqualTo(AVAILABLE);
    }

    @Test
    void theReasonOfAnAgentWhoIsNotReadyAnywayIsKept() {
        // given
        AgentDriver agent = strictAgent().sends(declare(LUNCH), start(call("c-1")));

        // when
        agent.at(20).send(timer());

        // then
        assertThat(agent.stored().presence()).isEqualTo(LUNCH);
    }

    @Test
    void theTimeOutWaitsForTheOtherWork() {
        // given
        AgentDriver agent = strictAgent()
                .under(PolicyField.BLOCKS, AcwBlocks.OWN_CHANNEL)
                .sends(start(call("c-1")), begin(chat("c-2")));

        // when
        agent.at(20).send(timer());

        // then
        assertThat(agent.stored().presence()).isEqualTo(AVAILABLE);
        assertThat(agent.stored().nextPresence()).isEqualTo(PresenceSetting.notReady("ACW_TIMED_OUT"));
    }

    @Test
    void theRulesOfWhatHappensAreThoseOfTheAcwAndNotOfToday() {
        // given
        AgentDriver agent = strictAgent()
                .sends(start(call("c-1")))
                .under(PolicyField.ON_TIMEOUT, AcwTimeoutAction.RESUME)
                .sends(beginAnyway(call("c-2")));

        // when
        agent.at(20).send(timer());

        // then
        assertThat(agent.stored().nextPresence()).isEqualTo(PresenceSetting.notReady("ACW_TIMED_OUT"));
    }

    private static AgentDriver strictAgent() {
        return availableAgent().under(PolicyField.ON_TIMEOUT, AcwTimeoutAction.NOT_READY);
    }
}
