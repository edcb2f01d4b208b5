package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.CALLER;
import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.Fixtures.LUNCH;
import static io.aftercall.agent.Fixtures.NOTES_ONLY;
import static io.aftercall.agent.Fixtures.SALE;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.completeAndThen;
import static io.aftercall.agent.Fixtures.force;
import static io.aftercall.agent.Fixtures.refusal;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.policy.AcwMode;
import io.aftercall.policy.DispositionRequirement;
import io.aftercall.policy.PolicyField;
import io.aftercall.wrapup.StoredWrapUp;
import io.aftercall.wrapup.WrapUpStatus;
import io.aftercall.wrapup.WrapUpVersion;
import org.junit.jupiter.api.Test;

class CompleteAcwTest {

    @Test
    void endsTheAcwAndStoresWhatTheAgentWrote() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")));
        OpenAcw open = agent.acw("c-1");

        // when
        agent.at(8).send(complete("c-1", SALE));

        // then
        assertThat(agent.ended("c-1"))
                .isEqualTo(new EndedAcw(Fixtures.AGENT, null, open, second(8), EndReason.COMPLETED, CALLER, null));
        assertThat(agent.stored("c-1"))
                .isEqualTo(new StoredWrapUp(
                        SALE, new WrapUpVersion(1, WrapUpStatus.FINAL, second(8), CALLER, second(8 + 24 * 3_600))));
        assertThat(agent.stored().acws()).isEmpty();
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.AVAILABLE);
    }

    @Test
    void needsNoWrapUpWhereThePolicyDoesNotAskForOne() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")));

        // when
        agent.send(complete("c-1"));

        // then
        assertThat(agent.wrapUp("c-1")).isEmpty();
        assertThat(agent.wrapUpRevision("c-1")).isZero();
    }

    @Test
    void tellsInTheChangeWhichAcwEndedAndWhy() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")));
        OpenAcw open = agent.acw("c-1");

        // when
        agent.send(complete("c-1"));

        // then
        assertThat(agent.changes())
                .endsWith(new StateChange(
                        ChangeCause.ACW_ENDED,
                        agent.stored(),
                        AgentStatus.AFTER_CALL_WORK,
                        CALLER,
                        open.interactionId(),
                        open.acwId(),
                        EndReason.COMPLETED,
                        null));
    }

    @Test
    void takesTheNextPresenceWhenTheWorkIsOver() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")));

        // when
        agent.send(completeAndThen("c-1", LUNCH));

        // then
        assertThat(agent.stored().presence()).isEqualTo(LUNCH);
        assertThat(agent.stored().nextPresence()).isNull();
    }

    @Test
    void isRefusedInFixedMode() {
        // given
        AgentDriver agent =
                availableAgent().under(PolicyField.MODE, AcwMode.FIXED).sends(start(call("c-1")));

        // when
        Decision decision = agent.send(complete("c-1", SALE));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.EARLY_EXIT_NOT_ALLOWED);
    }

    @Test
    void isRefusedWithoutAWrapUpWhereADispositionIsRequired() {
        // given
        AgentDriver agent = classifyingAgent();

        // when
        Decision decision = agent.send(complete("c-1"));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.DISPOSITION_REQUIRED);
    }

    @Test
    void isRefusedWithNotesOnlyWhereADispositionIsRequired() {
        // given
        AgentDriver agent = classifyingAgent();

        // when
        Decision decision = agent.send(complete("c-1", NOTES_ONLY));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.DISPOSITION_REQUIRED);
    }

    @Test
    void isAcceptedWithTheRequiredDisposition() {
        // given
        AgentDriver agent = classifyingAgent();

        // when
        agent.send(complete("c-1", SALE));

        // then
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.COMPLETED);
    }

    @Test
    void isAllowedByForceInFixedModeAndWithoutADisposition() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.MODE, AcwMode.FIXED)
                .under(PolicyField.DISPOSITION, DispositionRequirement.REQUIRED)
                .sends(start(call("c-1")));

        // when
        agent.at(3).send(force("c-1"));

        // then
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.FORCED);
        assertThat(agent.ended("c-1").endTime()).isEqualTo(second(3));
    }

    @Test
    void cannotForceTheEndOfWhatNeverStarted() {
        // given
        AgentDriver agent = availableAgent();

        // when
        Decision decision = agent.send(force("c-1"));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.ACW_NOT_FOUND);
    }

    private static AgentDriver classifyingAgent() {
        return availableAgent()
                .under(PolicyField.DISPOSITION, DispositionRequirement.REQUIRED)
                .sends(start(call("c-1")));
    }
}
