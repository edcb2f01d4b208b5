package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.AgentDriver.unseenAgent;
import static io.aftercall.agent.Fixtures.OFFLINE;
import static io.aftercall.agent.Fixtures.acwId;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.chat;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.declare;
import static io.aftercall.agent.Fixtures.outcome;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.seconds;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.agent.Fixtures.timer;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionOutcome;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.PolicyField;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartAcwTest {

    @Test
    void opensAnAcwThatLastsAsLongAsThePolicySays() {
        // given
        AgentDriver agent = availableAgent().under(PolicyField.DURATION, seconds(45));

        // when
        Decision decision = agent.at(100).send(start(call("c-1")));

        // then
        OpenAcw acw = agent.acw("c-1");
        assertThat(acw.acwId()).isEqualTo(acwId("c-1"));
        assertThat(acw.startTime()).isEqualTo(second(100));
        assertThat(acw.deadline()).isEqualTo(second(145));
        assertThat(outcome(decision)).isEqualTo(new Outcome(Optional.of(acw), false, false));
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.AFTER_CALL_WORK);
    }

    @Test
    void opensAnAcwWithoutADeadlineInDiscretionaryMode() {
        // given
        AgentDriver agent = availableAgent().under(PolicyField.MODE, AcwMode.DISCRETIONARY);

        // when
        agent.send(start(call("c-1")));

        // then
        assertThat(agent.acw("c-1").deadline()).isNull();
        assertThat(agent.acw("c-1").mode()).isEqualTo(AcwMode.DISCRETIONARY);
    }

    @Test
    void takesTheInteractionFromTheAgentInTheSameStepAsItOpensTheAcw() {
        // given
        AgentDriver agent = availableAgent().sends(begin(call("c-1")));
        long version = agent.stored().version();

        // when
        agent.send(start(call("c-1")));

        // then
        assertThat(agent.stored().interactions()).isEmpty();
        assertThat(agent.stored().acws()).hasSize(1);
        assertThat(agent.stored().version()).isEqualTo(version + 1);
    }

    @Test
    void leavesTheOtherInteractionsAlone() {
        // given
        AgentDriver agent = availableAgent().sends(begin(chat("c-1")), begin(chat("c-2")));

        // when
        agent.send(start(chat("c-1")));

        // then
        assertThat(agent.stored().interactions()).containsExactly(chat("c-2"));
    }

    @Test
    void completesWhatItSaysByWhatWasKnownWhenTheInteractionBegan() {
        // given
        Interaction live = new Interaction(
                call("c-1").id(),
                call("c-1").channel(),
                null,
                null,
                "sales",
                "k-7",
                null,
                second(5),
                null,
                null,
                false,
                false);
        AgentDriver agent = availableAgent().sends(begin(live));

        // when
        agent.at(60).send(start(call("c-1")));

        // then
        Interaction ended = agent.acw("c-1").interaction();
        assertThat(ended.queueId()).isEqualTo("sales");
        assertThat(ended.customerId()).isEqualTo("k-7");
        assertThat(ended.outcome()).isEqualTo(InteractionOutcome.ANSWERED);
        assertThat(ended.endTime()).isEqualTo(second(60));
        assertThat(ended.talkDuration()).contains(seconds(55));
    }

    @Test
    void registersAnAgentOfWhomNobodyHasHeardAsAvailable() {
        // given
        AgentDriver agent = unseenAgent();

        // when
        agent.send(start(call("c-1")));

        // then
        assertThat(agent.causes()).containsExactly(ChangeCause.ACW_STARTED);
        assertThat(agent.stored().presence()).isEqualTo(PresenceSetting.AVAILABLE);
        assertThat(agent.stored().version()).isEqualTo(1);
    }

    @Test
    void doesNotLogInAnAgentWhoIsOffline() {
        // given
        AgentDriver agent = unseenAgent().sends(declare(OFFLINE));

        // when
        agent.send(start(call("c-1")));

        // then
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.OFFLINE);
        assertThat(agent.stored().acws()).hasSize(1);
    }

    @Test
    void returnsTheOpenAcwTheSecondTime() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")));
        OpenAcw first = agent.acw("c-1");

        // when
        Decision decision = agent.at(7).send(start(call("c-1")));

        // then
        assertThat(decision)
                .isEqualTo(new Decision.Unchanged(agent.stored(), new Outcome(Optional.of(first), true, false)));
    }

    @Test
    void returnsTheEndedAcwLongAfterItsEnd() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")), complete("c-1"));

        // when
        Decision decision = agent.at(1_000_000).send(start(call("c-1")));

        // then
        assertThat(outcome(decision)).isEqualTo(new Outcome(Optional.of(agent.ended("c-1")), true, false));
        assertThat(agent.stored().acws()).isEmpty();
    }

    @Test
    void returnsTheAcwThatTimedOutWithoutATimer() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")));

        // when
        Decision decision = agent.at(20).send(start(call("c-1")));

        // then
        assertThat(outcome(decision)).isEqualTo(new Outcome(Optional.of(agent.ended("c-1")), true, false));
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.TIMED_OUT);
    }

    @Test
    void returnsThatNoneWasNeededAlsoAfterThePolicyHasChanged() {
        // given
        AgentDriver agent =
                availableAgent().under(PolicyField.MODE, AcwMode.OFF).sends(start(call("c-1")), timer());

        // when
        Decision decision = agent.under(PolicyField.MODE, AcwMode.TIMED).send(start(call("c-1")));

        // then
        assertThat(outcome(decision)).isEqualTo(new Outcome(Optional.of(agent.settled("c-1")), true, false));
        assertThat(agent.stored().acws()).isEmpty();
    }
}
