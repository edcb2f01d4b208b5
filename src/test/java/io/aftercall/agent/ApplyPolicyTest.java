package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.Fixtures.AGENT;
import static io.aftercall.agent.Fixtures.LUNCH;
import static io.aftercall.agent.Fixtures.beginAnyway;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.declare;
import static io.aftercall.agent.Fixtures.extend;
import static io.aftercall.agent.Fixtures.outcome;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.seconds;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.policy.PolicyField.DURATION;
import static io.aftercall.policy.PolicyField.MODE;
import static io.aftercall.policy.PolicyField.ON_NEW_INTERACTION;
import static io.aftercall.policy.PolicyField.VISIBLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.policy.AcwInteractionAction;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.PolicyKey;
import org.junit.jupiter.api.Test;

/** A change of policy that is to hold for open ACWs, too. */
class ApplyPolicyTest {

    @Test
    void theDeadlineMovesByAsMuchAsTheDurationAndExtensionsAreKept() {
        // given
        AgentDriver agent =
                availableAgent().sends(start(call("c-1")), extend("c-1")).at(7);

        // when
        agent.under(DURATION, seconds(60)).send(apply());

        // then
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(80));
        assertThat(agent.acw("c-1").extensionsUsed()).isEqualTo(1);
        assertThat(agent.causes()).endsWith(ChangeCause.POLICY_APPLIED);
    }

    @Test
    void oneThatWouldBePastEndsNow() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1"))).at(12);

        // when
        agent.under(DURATION, seconds(5)).send(apply());

        // then
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.TIMED_OUT);
        assertThat(agent.ended("c-1").endTime()).isEqualTo(second(12));
    }

    @Test
    void switchedOffItEndsForThatReason() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1"))).at(12);

        // when
        agent.under(MODE, AcwMode.OFF).send(apply());

        // then
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.POLICY_DISABLED);
        assertThat(agent.seen().status()).isEqualTo(AgentStatus.AVAILABLE);
    }

    @Test
    void anOpenEndedOneGetsADeadlineAsIfItHadHadOneFromTheStart() {
        // given
        AgentDriver agent = availableAgent()
                .under(MODE, AcwMode.DISCRETIONARY)
                .sends(start(call("c-1")))
                .at(12);

        // when
        agent.under(MODE, AcwMode.TIMED).send(apply());

        // then
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(20));
    }

    @Test
    void oneWhoseClockStandsKeepsStandingWithTheOtherRest() {
        // given
        AgentDriver agent = availableAgent()
                .under(ON_NEW_INTERACTION, AcwInteractionAction.PAUSE)
                .sends(start(call("c-1")))
                .at(5)
                .sends(beginAnyway(call("c-2")))
                .at(300);

        // when
        agent.under(DURATION, seconds(30)).send(apply());

        // then
        assertThat(agent.acw("c-1").pause().remaining()).isEqualTo(seconds(25));
        assertThat(agent.acw("c-1").deadline()).isNull();
    }

    @Test
    void thoseThatThePolicyIsNotForKeepTheirs() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")));

        // when
        Decision decision = agent.under(DURATION, seconds(60)).send(new ApplyPolicy(AGENT, PolicyKey.queue("hotline")));

        // then
        assertThat(decision).isInstanceOf(Decision.Unchanged.class);
        assertThat(agent.acw("c-1").deadline()).isEqualTo(second(20));
    }

    @Test
    void applyingTheSameTwiceChangesNothing() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1"))).under(VISIBLE, false);

        // when
        Decision first = agent.send(apply());
        Decision again = agent.send(apply());

        // then
        assertThat(outcome(first).touched()).isEqualTo(1);
        assertThat(again).isInstanceOf(Decision.Unchanged.class);
    }

    private static ApplyPolicy apply() {
        return new ApplyPolicy(AGENT, PolicyKey.TENANT);
    }

    @Test
    void oneThatNoLongerKeepsTheAgentLetsHimGoWhereHeMeantToGo() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")), declare(LUNCH));

        // when
        agent.under(MODE, AcwMode.OPTIONAL).send(apply());

        // then
        assertThat(agent.seen().status()).isEqualTo(AgentStatus.NOT_READY);
        assertThat(agent.seen().nextPresence()).isNull();
    }
}
