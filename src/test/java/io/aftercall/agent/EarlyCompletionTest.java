package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.CALLER;
import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.AgentDriver.unseenAgent;
import static io.aftercall.agent.Fixtures.AVAILABLE;
import static io.aftercall.agent.Fixtures.LUNCH;
import static io.aftercall.agent.Fixtures.NOTES_ONLY;
import static io.aftercall.agent.Fixtures.SALE;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.completeAndThen;
import static io.aftercall.agent.Fixtures.outcome;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.agent.Fixtures.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.policy.AcwMode;
import io.aftercall.policy.PolicyField;
import org.junit.jupiter.api.Test;

class EarlyCompletionTest {

    @Test
    void isKeptWithoutChangingTheAgent() {
        // given
        AgentDriver agent = availableAgent();

        // when
        Decision decision = agent.at(4).send(complete("c-1", SALE));

        // then
        EarlyCompletion kept = new EarlyCompletion(Fixtures.AGENT, call("c-1").id(), second(4), CALLER);
        assertThat(agent.settled("c-1")).isEqualTo(kept);
        assertThat(agent.wrapUp("c-1")).contains(SALE);
        assertThat(outcome(decision).acw()).contains(kept);
        assertThat(((Decision.Changed) decision).changes()).isEmpty();
    }

    @Test
    void endsTheAcwAtTheMomentItStarts() {
        // given
        AgentDriver agent = availableAgent().sends(begin(call("c-1")), complete("c-1", SALE));

        // when
        Decision decision = agent.at(9).send(start(call("c-1")));

        // then
        EndedAcw ended = agent.ended("c-1");
        assertThat(ended.reason()).isEqualTo(EndReason.COMPLETED);
        assertThat(ended.work().startTime()).isEqualTo(second(9));
        assertThat(ended.endTime()).isEqualTo(second(9));
        assertThat(agent.wrapUp("c-1")).contains(SALE);
        assertThat(agent.wrapUpRevision("c-1")).isEqualTo(1);
        assertThat(outcome(decision)).isEqualTo(Outcome.of(ended));
        assertThat(agent.causes()).endsWith(ChangeCause.ACW_STARTED, ChangeCause.ACW_ENDED);
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.AVAILABLE);
    }

    @Test
    void changesNothingTheSecondTime() {
        // given
        AgentDriver agent = availableAgent().sends(complete("c-1", SALE));

        // when
        Decision decision = agent.at(1).send(complete("c-1", SALE));

        // then
        assertThat(decision).isInstanceOf(Decision.Unchanged.class);
        assertThat(outcome(decision).acw()).contains(agent.settled("c-1"));
        assertThat(outcome(decision).replay()).isTrue();
    }

    @Test
    void isReplacedByOtherContent() {
        // given
        AgentDriver agent = availableAgent().sends(complete("c-1", NOTES_ONLY));

        // when
        agent.at(1_000_000).send(complete("c-1", SALE));

        // then
        assertThat(agent.wrapUp("c-1")).contains(SALE);
        assertThat(agent.wrapUpRevision("c-1")).isEqualTo(2);
    }

    @Test
    void keepsItsWrapUpWhereNoAcwIsNeeded() {
        // given
        AgentDriver agent =
                availableAgent().under(PolicyField.MODE, AcwMode.OFF).sends(complete("c-1", SALE));

        // when
        agent.send(start(call("c-1")));

        // then
        assertThat(agent.settled("c-1")).isInstanceOf(AcwNotRequired.class);
        assertThat(agent.wrapUp("c-1")).contains(SALE);
        assertThat(agent.wrapUpRevision("c-1")).isEqualTo(1);
    }

    @Test
    void doesNotKeepTheInteractionFromBeginning() {
        // given
        AgentDriver agent = availableAgent().sends(complete("c-1", SALE));

        // when
        agent.send(begin(call("c-1")));

        // then
        assertThat(agent.stored().interactions()).containsExactly(call("c-1"));
    }

    @Test
    void isAboutWhatIsKnownOfTheInteraction() {
        // given
        AgentDriver agent = availableAgent().sends(begin(with("ann", call("c-1"))));

        // when
        agent.sends(complete("c-1", NOTES_ONLY), complete("c-1", SALE));

        // then
        assertThat(agent.turns().stream().flatMap(turn -> turn.newlyWritten().stream()))
                .extracting(written -> written.about().orElseThrow().customerId())
                .containsExactly("ann", "ann");
    }

    @Test
    void keepsItsNextPresenceUntilTheInteractionAndItsAcwAreOver() {
        // given
        AgentDriver agent = availableAgent().sends(begin(call("c-1")), completeAndThen("c-1", LUNCH));
        assertThat(agent.stored().presence()).isEqualTo(AVAILABLE);

        // when
        agent.send(start(call("c-1")));

        // then
        assertThat(agent.stored().presence()).isEqualTo(LUNCH);
    }

    @Test
    void registersAnAgentOfWhomNobodyHasHeard() {
        // given
        AgentDriver agent = unseenAgent();

        // when
        agent.send(complete("c-1", SALE));

        // then
        assertThat(agent.causes()).containsExactly(ChangeCause.AGENT_REGISTERED);
        assertThat(agent.stored().status()).isEqualTo(AgentStatus.AVAILABLE);
    }
}
