package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.AgentDriver.unseenAgent;
import static io.aftercall.agent.Fixtures.NOTES_ONLY;
import static io.aftercall.agent.Fixtures.OFFLINE;
import static io.aftercall.agent.Fixtures.SALE;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.completeReplacing;
import static io.aftercall.agent.Fixtures.declare;
import static io.aftercall.agent.Fixtures.force;
import static io.aftercall.agent.Fixtures.missed;
import static io.aftercall.agent.Fixtures.outcome;
import static io.aftercall.agent.Fixtures.refusal;
import static io.aftercall.agent.Fixtures.save;
import static io.aftercall.agent.Fixtures.saveReplacing;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.agent.Fixtures.timer;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.disposition.Disposition;
import io.aftercall.disposition.DispositionCatalogue;
import io.aftercall.disposition.Form;
import io.aftercall.policy.AcwLogoutAction;
import io.aftercall.policy.DispositionRequirement;
import io.aftercall.policy.PolicyField;
import io.aftercall.wrapup.StoredWrapUp;
import io.aftercall.wrapup.WrapUp;
import io.aftercall.wrapup.WrapUpStatus;
import io.aftercall.wrapup.WrapUpVersion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaveWrapUpTest {

    private static final WrapUp UNKNOWN = WrapUp.EMPTY.classified("GIFT");

    // ---- while the work goes on

    @Test
    void theFirstDraftIsAStepAndTheNextIsNone() {
        // given
        AgentDriver agent = availableAgent().sends(begin(call("c-1")));

        // when
        agent.at(3).send(save("c-1", NOTES_ONLY));
        agent.at(5).send(save("c-1", SALE));

        // then
        assertThat(agent.causes()).endsWith(ChangeCause.INTERACTION_BEGAN, ChangeCause.WRAP_UP_DRAFTED);
        assertThat(agent.stored("c-1"))
                .isEqualTo(new StoredWrapUp(
                        SALE, new WrapUpVersion(2, WrapUpStatus.DRAFT, second(5), AgentDriver.CALLER, null)));
    }

    @Test
    void aDraftOfTheConversationIsGoneOnWithInTheAcw() {
        // given
        AgentDriver agent = availableAgent().sends(begin(call("c-1")), save("c-1", NOTES_ONLY), start(call("c-1")));

        // when
        agent.send(saveReplacing("c-1", "1", SALE));

        // then
        assertThat(agent.acw("c-1").interaction().drafted()).isTrue();
        assertThat(agent.wrapUpRevision("c-1")).isEqualTo(2);
        assertThat(agent.causes()).containsOnlyOnce(ChangeCause.WRAP_UP_DRAFTED);
    }

    @Test
    void savingWhatStandsChangesNothing() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")), save("c-1", SALE));

        // when
        Decision decision = agent.send(saveReplacing("c-1", "0", SALE));

        // then
        assertThat(decision).isInstanceOf(Decision.Unchanged.class);
        assertThat(outcome(decision).wrapUp().orElseThrow().etag()).isEqualTo("1");
    }

    @Test
    void whoHasNotSeenWhatStandsDoesNotReplaceIt() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")), saveReplacing("c-1", "0", SALE));

        // when
        Decision first = agent.send(saveReplacing("c-1", "0", NOTES_ONLY));
        Decision completion = agent.send(completeReplacing("c-1", "0", NOTES_ONLY));

        // then
        assertThat(refusal(first)).isEqualTo(Refusal.WRAP_UP_CHANGED);
        assertThat(refusal(completion)).isEqualTo(Refusal.WRAP_UP_CHANGED);
        assertThat(agent.wrapUp("c-1")).contains(SALE);
    }

    @Test
    void aDraftMayClassifyAsNobodyMay() {
        // given
        AgentDriver agent = availableAgent().choosing(catalogue()).sends(start(call("c-1")));

        // when
        agent.send(save("c-1", UNKNOWN));

        // then
        assertThat(agent.wrapUp("c-1")).contains(UNKNOWN);
    }

    @Test
    void thereIsNothingToWriteAboutWhatIsNotGoingOn() {
        assertThat(refusal(availableAgent().send(save("c-1", SALE)))).isEqualTo(Refusal.INTERACTION_NOT_LIVE);
        assertThat(refusal(unseenAgent().send(save("c-1", SALE)))).isEqualTo(Refusal.AGENT_NOT_FOUND);
    }

    // ---- how the work ends

    @Test
    void aCompletionWithoutContentCompletesTheDraft() {
        // given
        AgentDriver agent = strict().sends(start(call("c-1")), save("c-1", NOTES_ONLY));

        // when
        Decision early = agent.send(complete("c-1"));
        agent.sends(save("c-1", SALE), complete("c-1"));

        // then
        assertThat(refusal(early)).isEqualTo(Refusal.DISPOSITION_REQUIRED);
        assertThat(status(agent)).isEqualTo(WrapUpStatus.FINAL);
        assertThat(agent.wrapUpRevision("c-1")).isEqualTo(2);
    }

    @Test
    void aCompletionDoesNotPassADraftThatClassifiesAsNobodyMay() {
        // given
        AgentDriver agent = availableAgent().choosing(catalogue()).sends(start(call("c-1")), save("c-1", UNKNOWN));

        // when
        Decision decision = agent.send(complete("c-1"));

        // then
        assertThat(refusal(decision)).isEqualTo(Refusal.DISPOSITION_UNKNOWN);
    }

    @Test
    void aTimeOutKeepsTheDraftAndFindsOutWhatIsMissing() {
        // given
        AgentDriver lacking = strict().sends(start(call("c-1")), save("c-1", NOTES_ONLY));
        AgentDriver whole = strict().sends(start(call("c-1")), save("c-1", SALE));

        // when
        lacking.at(20).send(timer());
        whole.at(20).send(timer());

        // then
        assertThat(lacking.wrapUp("c-1")).contains(NOTES_ONLY);
        assertThat(status(lacking)).isEqualTo(WrapUpStatus.INCOMPLETE);
        assertThat(status(whole)).isEqualTo(WrapUpStatus.FINAL);
        assertThat(whole.stored("c-1").version().editableUntil()).isEqualTo(second(20 + 24 * 3_600));
    }

    @Test
    void whatIsRequiredAndWasNeverWrittenIsMissingToo() {
        // given
        AgentDriver agent = strict().sends(start(call("c-1")));

        // when
        agent.at(20).send(timer());

        // then
        assertThat(agent.wrapUp("c-1")).contains(WrapUp.EMPTY);
        assertThat(status(agent)).isEqualTo(WrapUpStatus.INCOMPLETE);
    }

    @Test
    void theTimeOutDispositionIsForDraftsThatHaveNoneThatHolds() {
        // given
        AgentDriver none = timedOutAs("NONE_GIVEN").sends(start(call("c-1")), save("c-1", NOTES_ONLY));
        AgentDriver chosen = timedOutAs("NONE_GIVEN").sends(start(call("c-1")), save("c-1", SALE));
        AgentDriver bad = timedOutAs("NONE_GIVEN").sends(start(call("c-1")), save("c-1", UNKNOWN));

        // when
        List.of(none, chosen, bad).forEach(agent -> agent.at(20).send(timer()));

        // then
        assertThat(none.wrapUp("c-1")).contains(NOTES_ONLY.classified("NONE_GIVEN"));
        assertThat(none.wrapUpRevision("c-1")).isEqualTo(2);
        assertThat(chosen.wrapUp("c-1")).contains(SALE);
        assertThat(bad.wrapUp("c-1")).contains(WrapUp.EMPTY.classified("NONE_GIVEN"));
    }

    @Test
    void aForcedEndAndALogoutKeepTheDraft() {
        // given
        AgentDriver forced = strict().sends(start(call("c-1")), save("c-1", NOTES_ONLY));
        AgentDriver loggedOut =
                strict().under(PolicyField.ON_LOGOUT, AcwLogoutAction.END).sends(start(call("c-1")), save("c-1", SALE));

        // when
        forced.send(force("c-1"));
        loggedOut.send(declare(OFFLINE));

        // then
        assertThat(forced.wrapUp("c-1")).contains(NOTES_ONLY);
        assertThat(status(forced)).isEqualTo(WrapUpStatus.INCOMPLETE);
        assertThat(status(loggedOut)).isEqualTo(WrapUpStatus.FINAL);
    }

    @Test
    void whereNoAcwIsNeededTheDraftIsWhatWasWritten() {
        // given
        AgentDriver agent = strict().sends(begin(call("c-1")), save("c-1", NOTES_ONLY));

        // when
        agent.send(start(missed(call("c-1"))));

        // then
        assertThat(agent.settled("c-1")).isInstanceOf(AcwNotRequired.class);
        assertThat(status(agent)).isEqualTo(WrapUpStatus.FINAL);
    }

    @Test
    void anEarlyCompletionWithoutWhatIsRequiredIsIncompleteWhenItsAcwComes() {
        // given
        AgentDriver agent = strict().sends(complete("c-1", NOTES_ONLY));

        // when
        agent.send(start(call("c-1")));

        // then
        assertThat(status(agent)).isEqualTo(WrapUpStatus.INCOMPLETE);
        assertThat(agent.wrapUpRevision("c-1")).isEqualTo(1);
    }

    @Test
    void theDraftOfAnAgentWhoIsRemovedIsNoDraftAnyMore() {
        // given
        AgentDriver agent = availableAgent().sends(begin(call("c-1")), save("c-1", NOTES_ONLY));

        // when
        agent.send(new DeleteAgent(Fixtures.AGENT, "left"));

        // then
        assertThat(status(agent)).isEqualTo(WrapUpStatus.INCOMPLETE);
    }

    @Test
    void whatAnAgentHadWrittenBeforeHeWasRemovedIsARevisionOfWhatHeWritesLater() {
        // given
        AgentDriver agent = strict().sends(begin(call("c-1")), save("c-1", NOTES_ONLY));
        agent.send(new DeleteAgent(Fixtures.AGENT, "left"));

        // when
        agent.send(start(call("c-1")));
        int started = agent.wrapUpRevision("c-1");
        agent.send(save("c-1", SALE));

        // then
        assertThat(started).isEqualTo(1);
        assertThat(agent.wrapUpRevision("c-1")).isEqualTo(2);
        assertThat(status(agent)).isEqualTo(WrapUpStatus.FINAL);
        assertThat(agent.stored().seen()).isTrue();
    }

    // ---- afterwards

    @Test
    void whatIsMissingMayComeLater() {
        // given
        AgentDriver agent = strict().sends(start(call("c-1"))).at(20).sends(timer());

        // when
        agent.at(60).send(save("c-1", NOTES_ONLY));
        WrapUpStatus halfway = status(agent);
        agent.at(90).send(save("c-1", SALE));

        // then
        assertThat(halfway).isEqualTo(WrapUpStatus.INCOMPLETE);
        assertThat(status(agent)).isEqualTo(WrapUpStatus.FINAL);
        assertThat(agent.wrapUpRevision("c-1")).isEqualTo(3);
    }

    @Test
    void whatStandsAlreadyMayStayAlsoIfNobodyMayChooseItAnyMore() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1")), complete("c-1", UNKNOWN));

        // when
        agent.choosing(catalogue())
                .send(save("c-1", new WrapUp("GIFT", "", "", "A present.", "", "", List.of(), null)));

        // then
        assertThat(status(agent)).isEqualTo(WrapUpStatus.FINAL);
    }

    @Test
    void theTimeForItEnds() {
        // given
        AgentDriver agent = availableAgent()
                .under(PolicyField.LATE_COMPLETION, Duration.ofMinutes(1))
                .sends(start(call("c-1")), complete("c-1", SALE));

        // when
        Decision inTime = agent.at(59).send(save("c-1", NOTES_ONLY));
        Decision late = agent.at(60).send(save("c-1", SALE));

        // then
        assertThat(refusal(inTime)).isNull();
        assertThat(refusal(late)).isEqualTo(Refusal.WRAP_UP_CLOSED);
        assertThat(agent.wrapUp("c-1")).contains(NOTES_ONLY);
    }

    private static AgentDriver strict() {
        return availableAgent().under(PolicyField.DISPOSITION, DispositionRequirement.REQUIRED);
    }

    private static AgentDriver timedOutAs(String code) {
        return availableAgent().choosing(catalogue()).under(PolicyField.TIMEOUT_DISPOSITION, code);
    }

    private static DispositionCatalogue catalogue() {
        return DispositionCatalogue.of(
                List.of(Disposition.named("SALE", "Sale"), Disposition.named("NONE_GIVEN", "None given")),
                schema -> Form.NONE);
    }

    private static WrapUpStatus status(AgentDriver agent) {
        return agent.stored("c-1").version().status();
    }
}
