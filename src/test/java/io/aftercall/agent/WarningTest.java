package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.Fixtures.beginAnyway;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.extend;
import static io.aftercall.agent.Fixtures.missed;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.seconds;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.agent.Fixtures.timer;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.policy.AcwInteractionAction;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.PolicyField;
import org.junit.jupiter.api.Test;

class WarningTest {

    @Test
    void comesAsLongBeforeTheDeadlineAsThePolicySays() {
        // given
        AgentDriver agent = warnedAgent(8).sends(start(call("c-1")));
        assertThat(agent.stored().due()).contains(second(12));

        // when
        agent.at(12).send(timer());

        // then
        assertThat(agent.causes()).endsWith(ChangeCause.ACW_ENDING);
        assertThat(agent.acw("c-1").warned()).isTrue();
        assertThat(agent.stored().due()).contains(second(20));
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.AFTER_CALL_WORK);
    }

    @Test
    void comesOnceHoweverOftenTimersFire() {
        // given
        AgentDriver agent = warnedAgent(8).sends(start(call("c-1")));

        // when
        agent.at(13).sends(timer()).at(14).sends(timer()).at(19).sends(timer());

        // then
        assertThat(agent.causes()).containsOnlyOnce(ChangeCause.ACW_ENDING);
    }

    @Test
    void doesNotComeWhenTheDeadlineHasPassedToo() {
        // given
        AgentDriver agent = warnedAgent(8).sends(start(call("c-1")));

        // when
        agent.at(20).send(timer());

        // then
        assertThat(agent.causes()).doesNotContain(ChangeCause.ACW_ENDING);
    }

    @Test
    void comesAgainForTheDeadlineOfAnExtension() {
        // given
        AgentDriver agent = warnedAgent(8).sends(start(call("c-1"))).at(12).sends(timer(), extend("c-1"));
        assertThat(agent.stored().due()).contains(second(32));

        // when
        agent.at(32).send(timer());

        // then
        assertThat(agent.causes()).filteredOn(ChangeCause.ACW_ENDING::equals).hasSize(2);
    }

    @Test
    void doesNotComeForAnAcwThatIsNotLongerThanIt() {
        // given
        AgentDriver agent = warnedAgent(20).sends(start(call("c-1")));

        // when
        agent.punctuallyUntil(second(60));

        // then
        assertThat(agent.causes()).doesNotContain(ChangeCause.ACW_ENDING).contains(ChangeCause.ACW_ENDED);
    }

    @Test
    void doesNotComeWhereThePolicySaysZero() {
        // given
        AgentDriver agent = warnedAgent(0).sends(start(call("c-1")));

        // when
        agent.punctuallyUntil(second(60));

        // then
        assertThat(agent.causes()).doesNotContain(ChangeCause.ACW_ENDING).contains(ChangeCause.ACW_ENDED);
    }

    @Test
    void doesNotComeForAnOpenEndedAcw() {
        // given
        AgentDriver agent =
                warnedAgent(8).under(PolicyField.MODE, AcwMode.DISCRETIONARY).sends(start(call("c-1")));

        // when
        agent.punctuallyUntil(second(4000));

        // then
        assertThat(agent.causes()).doesNotContain(ChangeCause.ACW_ENDING).contains(ChangeCause.ACW_ENDED);
    }

    @Test
    void waitsWhileTheClockOfTheAcwStands() {
        // given
        AgentDriver agent = pausedAt(5);

        // when
        agent.punctuallyUntil(second(50));

        // then
        assertThat(agent.causes()).doesNotContain(ChangeCause.ACW_ENDING);
    }

    @Test
    void comesBeforeTheLaterDeadlineOfAnAcwThatPaused() {
        // given
        AgentDriver agent = pausedAt(5).at(50).sends(start(missed(call("c-2"))));

        // when
        agent.at(57).send(timer());

        // then
        assertThat(agent.causes()).endsWith(ChangeCause.ACW_ENDING);
    }

    @Test
    void doesNotComeAgainAfterAPauseThatItCameBefore() {
        // given
        AgentDriver agent = pausedAt(14).at(50).sends(start(missed(call("c-2"))));

        // when
        agent.punctuallyUntil(second(100));

        // then
        assertThat(agent.causes()).containsOnlyOnce(ChangeCause.ACW_ENDING);
        assertThat(agent.ended("c-1").endTime()).isEqualTo(second(56));
    }

    private static AgentDriver warnedAgent(int seconds) {
        return availableAgent().under(PolicyField.WARNING_BEFORE_END, seconds(seconds));
    }

    private static AgentDriver pausedAt(long seconds) {
        return warnedAgent(8)
                .under(PolicyField.ON_NEW_INTERACTION, AcwInteractionAction.PAUSE)
                .sends(start(call("c-1")))
                .at(seconds)
                .sends(beginAnyway(call("c-2")));
    }
}
