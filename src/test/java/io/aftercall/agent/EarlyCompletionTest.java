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
import static io.aftercall.agent.Fixtures.save;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.agent.Fixtures.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.disposition.Dispositions;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.PolicyField;
import io.aftercall.wrapup.StoredWrapUp;
import io.aftercall.wrapup.WrapUpStatus;
import io.aftercall.wrapup.WrapUpVersion;
import java.util.Map;
import java.util.Optional;
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
    void isEditedAndNotDraftedWhileItsInteractionIsLive() {
        // given
        AgentDriver agent = availableAgent().sends(begin(call("c-1")), complete("c-1", SALE));

        // when
        Decision decision = agent.at(3).send(save("c-1", NOTES_ONLY));

        // then
        WrapUpVersion edited = new WrapUpVersion(2, WrapUpStatus.FINAL, second(3), CALLER, null);
        assertThat(agent.stored("c-1")).isEqualTo(new StoredWrapUp(NOTES_ONLY, edited));
        assertThat(outcome(decision).wrapUp()).contains(edited);
        assertThat(agent.causes()).doesNotContain(ChangeCause.WRAP_UP_DRAFTED);
    }

    @Test
    void staysFinalWhenItsAcwComesAfterAnEdit() {
        // given
        AgentDriver agent = availableAgent().sends(begin(call("c-1")), complete("c-1", SALE), save("c-1", NOTES_ONLY));

        // when
        agent.send(start(call("c-1")));

        // then
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.COMPLETED);
        assertThat(agent.wrapUp("c-1")).contains(NOTES_ONLY);
        assertThat(agent.turns().stream().flatMap(turn -> turn.newlyWritten().stream()))
                .extracting(written -> written.wrapUp().version().status())
                .containsOnly(WrapUpStatus.FINAL);
    }

    /** In one transaction with it what stands is known; otherwise only drafts are looked for. */
    @Test
    void staysFinalWhenItsAgentIsRemovedAtOnce() {
        // given
        AgentDriver agent = availableAgent().sends(begin(call("c-1")), complete("c-1", SALE));

        // when
        Decision decision = AgentLifecycle.decide(
                agent.stored(),
                Optional.empty(),
                new Paperwork(Map.of(call("c-1").id(), agent.stored("c-1")), Map.of(), Optional.empty()),
                new DeleteAgent(Fixtures.AGENT, "left"),
                any -> EffectivePolicy.DEFAULT,
                Dispositions.ANY,
                new Occasion(agent.now(), CALLER));

        // then
        assertThat(((Decision.Changed) decision).wrapUps()).isEmpty();
        assertThat(((Decision.Changed) decision).settled()).isEmpty();
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
