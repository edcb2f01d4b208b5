package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.Fixtures.AGENT;
import static io.aftercall.agent.Fixtures.beginAnyway;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.extend;
import static io.aftercall.agent.Fixtures.grant;
import static io.aftercall.agent.Fixtures.of;
import static io.aftercall.agent.Fixtures.refusal;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.seconds;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.policy.PolicyField.DURATION;
import static io.aftercall.policy.PolicyField.ON_NEW_INTERACTION;
import static io.aftercall.policy.PolicyField.ON_PRESSURE;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.policy.AcwInteractionAction;
import io.aftercall.policy.AcwPressureAction;
import org.junit.jupiter.api.Test;

/** What becomes of ACW while too many wait in its queue. The guaranteed minimum is 10 s. */
class QueuePressureTest {

    private static final ApplyPressure PRESSURE = new ApplyPressure(AGENT, "hotline");

    @Test
    void oneThatStartsThenLastsForTheGuaranteedMinimum() {
        // given
        AgentDriver agent = shrinking().underPressure();

        // when
        agent.send(start(of("hotline", call("c-1"))));

        // then
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(10));
        assertThat(agent.acw("c-1").shortened()).isEqualTo(seconds(50));
    }

    @Test
    void oneThatIsOpenShrinksToTheGuaranteedMinimum() {
        // given
        AgentDriver agent = shrinking().sends(start(of("hotline", call("c-1")))).at(3);

        // when
        agent.underPressure().send(PRESSURE);

        // then
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(10));
        assertThat(agent.acw("c-1").shortened()).isEqualTo(seconds(50));
        assertThat(agent.causes()).endsWith(ChangeCause.ACW_SHORTENED);
    }

    @Test
    void oneThatHasHadThatAlreadyGetsItsWarning() {
        // given
        AgentDriver agent = shrinking().sends(start(of("hotline", call("c-1")))).at(30);

        // when
        agent.underPressure().send(PRESSURE);
        agent.punctuallyUntil(second(36));

        // then
        assertThat(agent.ended("c-1").endTime()).isEqualTo(second(35));
        assertThat(agent.causes()).endsWith(ChangeCause.ACW_SHORTENED, ChangeCause.ACW_ENDING, ChangeCause.ACW_ENDED);
    }

    @Test
    void oneWhoseClockStandsShrinksToo() {
        // given
        AgentDriver agent = shrinking()
                .under(ON_NEW_INTERACTION, AcwInteractionAction.PAUSE)
                .sends(start(of("hotline", call("c-1"))), beginAnyway(call("c-2")))
                .at(300);

        // when
        agent.underPressure().send(PRESSURE);

        // then
        assertThat(agent.acw("c-1").pause().remaining()).isEqualTo(seconds(10));
    }

    @Test
    void twiceIsOnce() {
        // given
        AgentDriver agent = shrinking()
                .sends(start(of("hotline", call("c-1"))))
                .at(3)
                .underPressure()
                .sends(PRESSURE);

        // when
        Decision again = agent.send(PRESSURE);

        // then
        assertThat(again).isInstanceOf(Decision.Unchanged.class);
    }

    @Test
    void otherQueuesAndThoseWhoseRulesIgnoreItKeepTheirTime() {
        // given
        AgentDriver agent = shrinking()
                .sends(start(of("orders", call("c-1"))))
                .under(ON_PRESSURE, AcwPressureAction.REFUSE_EXTENSIONS)
                .sends(start(of("hotline", call("c-2"))));

        // when
        agent.underPressure().send(PRESSURE);

        // then
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(60));
        assertThat(agent.acw("c-2").deadline()).isEqualTo(second(60));
    }

    @Test
    void thePressureMayBeOverWhenTheCommandComes() {
        // given
        AgentDriver agent = shrinking().sends(start(of("hotline", call("c-1"))));

        // when
        Decision decision = agent.send(PRESSURE);

        // then
        assertThat(decision).isInstanceOf(Decision.Unchanged.class);
    }

    @Test
    void agentsDoNotExtendThenAndSupervisorsDo() {
        // given
        AgentDriver agent = availableAgent()
                .under(ON_PRESSURE, AcwPressureAction.REFUSE_EXTENSIONS)
                .sends(start(of("hotline", call("c-1"))))
                .underPressure();

        // when
        Decision own = agent.send(extend("c-1"));
        agent.send(grant("c-1"));

        // then
        assertThat(refusal(own)).isEqualTo(Refusal.QUEUE_UNDER_PRESSURE);
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(40));
    }

    @Test
    void norIsThereMoreTimeForWhoAskedForIt() {
        // given
        AgentDriver agent = availableAgent()
                .under(ON_PRESSURE, AcwPressureAction.REFUSE_EXTENSIONS)
                .underPressure();

        // when
        agent.send(start(call("c-1").requestingAcw()));

        // then
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(20));
    }

    private static AgentDriver shrinking() {
        return availableAgent().under(DURATION, seconds(60)).under(ON_PRESSURE, AcwPressureAction.SHRINK);
    }
}
