package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.beginAnyway;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.callAnsweredAt;
import static io.aftercall.agent.Fixtures.chat;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.missed;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.seconds;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.agent.Fixtures.timer;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.interaction.Channel;
import io.aftercall.policy.AcwBlocks;
import io.aftercall.policy.AcwInteractionAction;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.PolicyField;
import org.junit.jupiter.api.Test;

class InteractionDuringAcwTest {

    @Test
    void anAcwThatKeepsRunningEndsAtItsDeadlineDuringTheInteraction() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1"))).at(5).sends(beginAnyway(call("c-2")));
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.AFTER_CALL_WORK);

        // when
        agent.at(20).send(timer());

        // then
        assertThat(agent.ended("c-1").endTime()).isEqualTo(second(20));
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.ENGAGED);
    }

    @Test
    void anAcwThatPausesKeepsItsRemainingTime() {
        // given
        AgentDriver agent = pausingAgent().sends(start(call("c-1")));

        // when
        agent.at(5).send(beginAnyway(call("c-2")));

        // then
        assertThat(agent.acw("c-1").pause()).isEqualTo(new OpenAcw.Pause(second(5), seconds(15)));
        assertThat(agent.acw("c-1").deadline()).isNull();
        assertThat(agent.causes()).endsWith(ChangeCause.INTERACTION_BEGAN, ChangeCause.ACW_PAUSED);
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.ENGAGED);
    }

    @Test
    void aPausedAcwHoldsItsSlotAndBlocksNothingElse() {
        // given
        AgentDriver agent = pausingAgent().sends(start(call("c-1")));

        // when
        agent.send(beginAnyway(chat("c-2")));

        // then
        assertThat(Routability.routableChannels(agent.stored()))
                .containsExactly(Channel.CHAT, Channel.EMAIL, Channel.TASK);
    }

    @Test
    void aPausedAcwGoesOnWithItsRemainingTimeWhenTheInteractionIsOver() {
        // given
        AgentDriver agent = pausingAgent().sends(start(call("c-1"))).at(5).sends(beginAnyway(call("c-2")));

        // when
        agent.at(105).send(start(call("c-2")));

        // then
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(120));
        assertThat(agent.acw("c-1").paused()).isFalse();
        assertThat(agent.acw("c-2").deadline()).isEqualTo(second(125));
    }

    @Test
    void aPausedAcwGoesOnAlsoAfterAnInteractionThatNeedsNone() {
        // given
        AgentDriver agent = pausingAgent().sends(start(call("c-1"))).at(5).sends(beginAnyway(call("c-2")));

        // when
        agent.at(105).send(start(missed(call("c-2"))));

        // then
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(120));
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.AFTER_CALL_WORK);
    }

    @Test
    void aPausedAcwWaitsForTheLastOfSeveralInteractions() {
        // given
        AgentDriver agent =
                pausingAgent().sends(start(chat("c-1")), beginAnyway(chat("c-2")), beginAnyway(chat("c-3")));

        // when
        agent.at(50).send(start(missed(chat("c-2"))));

        // then
        assertThat(agent.acw("c-1").pause()).isEqualTo(new OpenAcw.Pause(second(0), seconds(20)));
    }

    @Test
    void anAcwCanPauseMoreThanOnce() {
        // given
        AgentDriver agent = pausingAgent().sends(start(call("c-1")));
        agent.at(5).sends(beginAnyway(call("c-2"))).at(50).sends(start(missed(call("c-2"))));

        // when
        agent.at(57).sends(beginAnyway(call("c-3"))).at(100).sends(start(missed(call("c-3"))));

        // then
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(108));
    }

    @Test
    void theTimeForWhichItPausedIsNoneOfItsWork() {
        // given
        AgentDriver agent = pausingAgent().sends(start(call("c-1")));
        agent.at(5).sends(beginAnyway(call("c-2"))).at(605).sends(start(missed(call("c-2"))));

        // when
        agent.at(606).send(complete("c-1"));

        // then
        assertThat(agent.ended("c-1").worked()).isEqualTo(seconds(6));
        assertThat(agent.ended("c-1").pauses()).containsExactly(new OpenAcw.Paused(second(5), second(605)));
    }

    @Test
    void anAcwThatEndsWhileItPausesHasWorkedUntilThen() {
        // given
        AgentDriver agent = pausingAgent().sends(start(call("c-1"))).at(5).sends(beginAnyway(call("c-2")));

        // when
        agent.at(300).send(complete("c-1"));

        // then
        assertThat(agent.ended("c-1").worked()).isEqualTo(seconds(5));
        assertThat(agent.ended("c-1").pauses()).containsExactly(new OpenAcw.Paused(second(5), second(300)));
    }

    @Test
    void anAcwThatPausesAgainAndAgainGrowsNoLongerAndHasWorkedAsLong() {
        // given
        AgentDriver agent =
                pausingAgent().under(PolicyField.MODE, AcwMode.DISCRETIONARY).sends(start(call("c-1")));
        for (int times = 0; times < 30; times++) {
            agent.at(10 * times + 1).sends(beginAnyway(call("d-" + times)));
            agent.at(10 * times + 10).sends(start(missed(call("d-" + times))));
        }

        // when
        agent.at(305).send(complete("c-1"));

        // then
        assertThat(agent.ended("c-1").worked()).isEqualTo(seconds(35));
        assertThat(agent.ended("c-1").pauses()).hasSize(20).endsWith(new OpenAcw.Paused(second(201), second(300)));
    }

    @Test
    void anAcwInAnotherChannelPausesToo() {
        // given
        AgentDriver agent =
                pausingAgent().under(PolicyField.BLOCKS, AcwBlocks.OWN_CHANNEL).sends(start(call("c-1")));

        // when
        agent.send(begin(chat("c-2")));

        // then
        assertThat(agent.acw("c-1").paused()).isTrue();
    }

    @Test
    void aPausedAcwCanBeCompleted() {
        // given
        AgentDriver agent = pausingAgent().sends(start(call("c-1")), beginAnyway(call("c-2")));

        // when
        agent.at(9).send(complete("c-1"));

        // then
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.COMPLETED);
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.ENGAGED);
    }

    @Test
    void anOpenEndedAcwIsOpenEndedAgainAfterThePause() {
        // given
        AgentDriver agent = pausingAgent()
                .under(PolicyField.MODE, AcwMode.DISCRETIONARY)
                .sends(start(call("c-1")), beginAnyway(call("c-2")));

        // when
        agent.at(50).send(start(missed(call("c-2"))));

        // then
        assertThat(agent.acw("c-1").deadline()).isNull();
        assertThat(agent.acw("c-1").paused()).isFalse();
    }

    @Test
    void anOpenEndedAcwThatPausedPastItsCapDoesNotEndBeforeThePause() {
        // given
        AgentDriver agent = pausingAgent()
                .under(PolicyField.MODE, AcwMode.DISCRETIONARY)
                .under(PolicyField.MAX_DURATION_CAP, seconds(60))
                .sends(start(call("c-1")))
                .at(30)
                .sends(beginAnyway(call("c-2")));

        // when
        agent.at(80).send(start(missed(call("c-2"))));

        // then
        assertThat(agent.seen().statusSince()).isEqualTo(second(80));
    }

    @Test
    void anAcwThatMustYieldEndsWhenTheInteractionBegins() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.ON_NEW_INTERACTION, AcwInteractionAction.END)
                .sends(start(call("c-1")));

        // when
        agent.at(5).send(beginAnyway(call("c-2")));

        // then
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.INTERRUPTED);
        assertThat(agent.ended("c-1").endTime()).isEqualTo(second(5));
        assertThat(agent.ended("c-1").endedBy()).isEqualTo(AgentDriver.CALLER);
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.ENGAGED);
    }

    private static AgentDriver pausingAgent() {
        return availableAgent().under(PolicyField.ON_NEW_INTERACTION, AcwInteractionAction.PAUSE);
    }

    @Test
    void oneThatNobodyAnnouncedEndsTheAcwWhenItsOwnEndIsReported() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.ON_NEW_INTERACTION, AcwInteractionAction.END)
                .sends(start(call("c-1")));

        // when
        agent.at(9).send(start(call("c-2")));

        // then
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.INTERRUPTED);
        assertThat(agent.seen().acws()).hasSize(1);
    }

    @Test
    void oneThatNobodyAnnouncedGivesBackTheTimeThatItTook() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.ON_NEW_INTERACTION, AcwInteractionAction.PAUSE)
                .sends(start(call("c-1")));

        // when
        agent.at(9).send(start(callAnsweredAt("c-2", second(3))));

        // then
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(26));
        assertThat(agent.acw("c-2").deadline()).isEqualTo(second(29));
    }
}
