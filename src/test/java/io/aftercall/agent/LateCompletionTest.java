package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.Fixtures.AVAILABLE;
import static io.aftercall.agent.Fixtures.LUNCH;
import static io.aftercall.agent.Fixtures.NOTES_ONLY;
import static io.aftercall.agent.Fixtures.OFFLINE;
import static io.aftercall.agent.Fixtures.SALE;
import static io.aftercall.agent.Fixtures.beginAnyway;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.chat;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.completeAndThen;
import static io.aftercall.agent.Fixtures.declare;
import static io.aftercall.agent.Fixtures.force;
import static io.aftercall.agent.Fixtures.outcome;
import static io.aftercall.agent.Fixtures.refusal;
import static io.aftercall.agent.Fixtures.save;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.seconds;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.agent.Fixtures.timer;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.disposition.Dispositions;
import io.aftercall.disposition.Dispositions.Objection;
import io.aftercall.policy.DispositionRequirement;
import io.aftercall.policy.PolicyField;
import io.aftercall.wrapup.WrapUpStatus;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LateCompletionTest {

    @Test
    void theSameContentAgainChangesNothing() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")), complete("c-1", SALE));
        EndedAcw first = agent.ended("c-1");

        // when
        Decision decision = agent.at(5).send(complete("c-1", SALE));

        // then
        assertThat(decision).isInstanceOf(Decision.Unchanged.class);
        assertThat(outcome(decision).acw()).contains(first);
        assertThat(outcome(decision).replay()).isTrue();
    }

    @Test
    void theSameContentIsAcceptedEvenWhenLateCompletionIsOver() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.LATE_COMPLETION, seconds(0))
                .sends(start(call("c-1")), complete("c-1", SALE));

        // when
        Decision decision = agent.at(100).send(complete("c-1", SALE));

        // then
        assertThat(outcome(decision).replay()).isTrue();
    }

    @Test
    void otherContentIsALateEditThatMovesNoTimes() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1"))).at(5).sends(complete("c-1", SALE));

        // when
        Decision decision = agent.at(3600).send(complete("c-1", NOTES_ONLY));

        // then
        EndedAcw edited = agent.ended("c-1");
        assertThat(agent.wrapUp("c-1")).contains(NOTES_ONLY);
        assertThat(agent.wrapUpRevision("c-1")).isEqualTo(2);
        assertThat(edited.endTime()).isEqualTo(second(5));
        assertThat(outcome(decision).acw()).contains(edited);
        assertThat(outcome(decision).replay()).isTrue();
        assertThat(((Decision.Changed) decision).changes()).isEmpty();
    }

    @Test
    void otherContentIsRefusedFromTheMomentLateCompletionIsOver() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.LATE_COMPLETION, seconds(60))
                .sends(start(call("c-1")), complete("c-1", SALE));

        // when
        Decision decision = agent.at(60).send(complete("c-1", NOTES_ONLY));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.ACW_ENDED);
        assertThat(agent.wrapUp("c-1")).contains(SALE);
    }

    @Test
    void lateCompletionLastsFromTheDeadlineOfAnAcwThatTimedOut() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.LATE_COMPLETION, seconds(60))
                .sends(start(call("c-1")))
                .at(50)
                .sends(timer());

        // when
        Decision decision = agent.at(79).send(complete("c-1", SALE));

        // then
        assertThat(outcome(decision).replay()).isTrue();
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.TIMED_OUT);
        assertThat(agent.wrapUp("c-1")).contains(SALE);
    }

    @Test
    void aRequiredDispositionCannotBeTakenBack() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.DISPOSITION, DispositionRequirement.REQUIRED)
                .sends(start(call("c-1")), complete("c-1", SALE));

        // when
        Decision decision = agent.send(complete("c-1", NOTES_ONLY));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.DISPOSITION_REQUIRED);
    }

    @Test
    void aDraftThatATimeOutLeftWithoutItsDispositionIsNotCompleteAsItIs() {
        // given
        AgentDriver agent = classifyingAgent().sends(start(call("c-1")), save("c-1", NOTES_ONLY));

        // when
        Decision unsaid = agent.at(21).send(complete("c-1"));
        Decision same = agent.send(complete("c-1", NOTES_ONLY));

        // then
        assertThat(refusal(unsaid)).isEqualTo(Refusal.DISPOSITION_REQUIRED);
        assertThat(refusal(same)).isEqualTo(Refusal.DISPOSITION_REQUIRED);
    }

    @Test
    void nothingWrittenIsNotEnoughAlsoAfterATimeOut() {
        // given
        AgentDriver agent = classifyingAgent().sends(start(call("c-1"))).at(21).sends(timer());

        // when
        Decision decision = agent.send(complete("c-1"));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.DISPOSITION_REQUIRED);
    }

    @Test
    void whatIsMissingWhenLateCompletionIsOverStaysMissing() {
        // given
        AgentDriver agent = classifyingAgent()
                .under(PolicyField.LATE_COMPLETION, seconds(60))
                .sends(start(call("c-1")))
                .at(21)
                .sends(timer());

        // when
        Decision decision = agent.at(80).send(complete("c-1"));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.ACW_ENDED);
    }

    @Test
    void aDraftWhoseDispositionIsUnknownIsNotCompleteAsItIs() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")), save("c-1", SALE));
        agent.choosing((code, values, place) -> Optional.of(new Objection(Dispositions.Reason.UNKNOWN, Map.of())))
                .at(21)
                .sends(timer());

        // when
        Decision decision = agent.send(complete("c-1"));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.DISPOSITION_UNKNOWN);
    }

    @Test
    void withoutAWrapUpItFindsThatNothingIsMissingAnyMore() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")), save("c-1", SALE));
        agent.choosing((code, values, place) -> Optional.of(new Objection(Dispositions.Reason.UNKNOWN, Map.of())))
                .at(21)
                .sends(timer());

        // when
        agent.choosing(Dispositions.ANY).send(complete("c-1"));

        // then
        assertThat(agent.stored("c-1").version().status()).isEqualTo(WrapUpStatus.FINAL);
    }

    @Test
    void aDispositionThatWasTakenBackIsMissing() {
        // given
        AgentDriver agent = classifyingAgent().sends(start(call("c-1")), complete("c-1", SALE));
        agent.at(5).send(save("c-1", NOTES_ONLY));

        // when
        Decision decision = agent.send(complete("c-1", NOTES_ONLY));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.DISPOSITION_REQUIRED);
    }

    @Test
    void aCompletionThatCameTooEarlyToKnowWhatIsRequiredCanBeRepeated() {
        // given
        AgentDriver agent =
                classifyingAgent().sends(complete("c-1", NOTES_ONLY)).at(5).sends(start(call("c-1")));

        // when
        Decision decision = agent.at(9).send(complete("c-1", NOTES_ONLY));

        // then
        assertThat(decision).isInstanceOf(Decision.Unchanged.class);
        assertThat(agent.stored("c-1").version().status()).isEqualTo(WrapUpStatus.INCOMPLETE);
    }

    @Test
    void aSupervisorsEndCanBeRepeatedWhateverIsMissing() {
        // given
        AgentDriver agent = classifyingAgent().sends(start(call("c-1")), force("c-1"));

        // when
        Decision decision = agent.at(5).send(force("c-1"));

        // then
        assertThat(decision).isInstanceOf(Decision.Unchanged.class);
    }

    @Test
    void theNextPresenceCountsAlthoughTheDeadlineCameFirst() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")));

        // when
        agent.at(21).send(completeAndThen("c-1", LUNCH));

        // then
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.TIMED_OUT);
        assertThat(agent.stored().presence()).isEqualTo(LUNCH);
    }

    @Test
    void theNextPresenceOfARepeatedCompletionIsAnOldWish() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")), completeAndThen("c-1", LUNCH));
        agent.at(10).send(declare(AVAILABLE));

        // when
        agent.at(11).send(completeAndThen("c-1", LUNCH));

        // then
        assertThat(agent.stored().presence()).isEqualTo(AVAILABLE);
    }

    @Test
    void theNextPresenceOfARepeatedCompletionIsAnOldWishAlsoAfterATimeOut() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")));
        agent.at(21).send(completeAndThen("c-1", LUNCH));
        agent.at(30).send(declare(AVAILABLE));

        // when
        agent.at(31).send(completeAndThen("c-1", LUNCH));

        // then
        assertThat(agent.stored().presence()).isEqualTo(AVAILABLE);
    }

    @Test
    void whoHadLoggedOutIsLoggedInOnceByItHoweverOftenItIsRepeated() {
        // given
        AgentDriver agent = availableAgent().sends(declare(OFFLINE), beginAnyway(chat("chat-1")), start(call("c-1")));
        Command completion = completeAndThen("c-1", AVAILABLE);

        // when
        agent.at(20).send(completion);
        Decision repeated = agent.send(completion);

        // then
        assertThat(agent.ended("c-1").reason()).isEqualTo(EndReason.TIMED_OUT);
        assertThat(agent.stored().presence()).isEqualTo(AVAILABLE);
        assertThat(repeated).isInstanceOf(Decision.Unchanged.class);
    }

    private static AgentDriver classifyingAgent() {
        return availableAgent().under(PolicyField.DISPOSITION, DispositionRequirement.REQUIRED);
    }
}
