package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.Fixtures.NOTES_ONLY;
import static io.aftercall.agent.Fixtures.SALE;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.complete;
import static io.aftercall.agent.Fixtures.refusal;
import static io.aftercall.agent.Fixtures.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.disposition.Disposition;
import io.aftercall.disposition.DispositionCatalogue;
import io.aftercall.disposition.DispositionScope;
import io.aftercall.disposition.Form;
import io.aftercall.policy.PolicyField;
import io.aftercall.wrapup.WrapUp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A wrap-up classifies by what there is in the catalogue. */
class ChosenDispositionTest {

    private static final DispositionCatalogue OTHERS = catalogue(Disposition.named("REFUND", "Refund"));
    private static final DispositionCatalogue SALES = catalogue(Disposition.named("SALE", "Sale"));

    @Test
    void whatIsNotInTheCatalogueEndsNothing() {
        AgentDriver agent = availableAgent().choosing(OTHERS).sends(start(call("c-1")));

        assertThat(refusal(agent.send(complete("c-1", SALE)))).isEqualTo(Refusal.DISPOSITION_UNKNOWN);

        assertThat(agent.stored().acws()).hasSize(1);
        CompleteAcw forced = new CompleteAcw(
                Fixtures.AGENT, call("c-1").id(), Optional.of(SALE), "", Optional.empty(), "queue is full", Map.of());
        assertThat(refusal(agent.send(forced))).isEqualTo(Refusal.DISPOSITION_UNKNOWN);
    }

    @Test
    void withoutADispositionOnlyThePolicyHasASay() {
        AgentDriver agent = availableAgent().choosing(OTHERS).sends(start(call("c-1")), complete("c-1", NOTES_ONLY));

        assertThat(agent.wrapUp("c-1")).contains(NOTES_ONLY);
    }

    @Test
    void theQueueIsThatOfTheInteraction() {
        AgentDriver agent = availableAgent().sends(start(Fixtures.of("sales", call("c-1"))));

        assertThat(refusal(agent.choosing(catalogue(ofQueue("hotline"))).send(complete("c-1", SALE))))
                .isEqualTo(Refusal.DISPOSITION_OUT_OF_SCOPE);

        agent.choosing(catalogue(ofQueue("sales"))).send(complete("c-1", SALE));
        assertThat(agent.wrapUp("c-1")).contains(SALE);
    }

    @Test
    void whatTheFormDoesNotTakeIsSaidFieldByField() {
        DispositionCatalogue catalogue =
                DispositionCatalogue.of(SALES.inOrder(), schema -> values -> Map.of("order.number", "is required"));
        AgentDriver agent = availableAgent().choosing(catalogue).sends(start(call("c-1")));

        Decision decision = agent.send(complete("c-1", SALE));

        assertThat(((Decision.Refused) decision).reason()).isEqualTo(Refusal.FORM_VALUES_INVALID);
        assertThat(((Decision.Refused) decision).violations()).containsEntry("order.number", "is required");
    }

    @Test
    void aRepetitionIsAnsweredAsTheFirstAlsoIfTheCodeHasGone() {
        AgentDriver agent = availableAgent().choosing(SALES).sends(start(call("c-1")), complete("c-1", SALE));

        Decision again = agent.choosing(OTHERS).send(complete("c-1", SALE));

        assertThat(again).isInstanceOf(Decision.Unchanged.class);
    }

    @Test
    void aLateEditMayKeepACodeThatHasGoneAndNotTakeAnotherOne() {
        AgentDriver agent = availableAgent().choosing(SALES).sends(start(call("c-1")), complete("c-1", SALE));
        agent.choosing(OTHERS);

        agent.send(complete("c-1", new WrapUp("SALE", "", "", "Wants three.", "", "", List.of(), null)));
        Decision other =
                agent.send(complete("c-1", new WrapUp("GIFT", "", "", "Wants none.", "", "", List.of(), null)));

        assertThat(agent.wrapUp("c-1").orElseThrow().notes()).isEqualTo("Wants three.");
        assertThat(refusal(other)).isEqualTo(Refusal.DISPOSITION_UNKNOWN);
    }

    @Test
    void aCompletionThatComesBeforeItsCallIsHeldAgainstWhatIsKnown() {
        AgentDriver agent = availableAgent().choosing(OTHERS);

        assertThat(refusal(agent.send(complete("c-1", SALE)))).isEqualTo(Refusal.DISPOSITION_UNKNOWN);

        agent.choosing(catalogue(ofQueue("any"))).sends(complete("c-1", SALE), start(call("c-1")));
        assertThat(agent.wrapUp("c-1")).contains(SALE);
    }

    @Test
    void whatTheServerWritesAtTheDeadlineIsWhatThePolicySaidWhenTheAcwBegan() {
        AgentDriver agent = availableAgent()
                .under(PolicyField.TIMEOUT_DISPOSITION, "NO_NOTES")
                .sends(start(call("c-1")));

        agent.choosing(OTHERS).at(25).send(Fixtures.timer());

        assertThat(agent.wrapUp("c-1")).contains(WrapUp.EMPTY.classified("NO_NOTES"));
    }

    private static Disposition ofQueue(String queueId) {
        return new Disposition(
                "SALE", "Sale", Optional.empty(), DispositionScope.QUEUE, queueId, true, false, 0, "", 0, null);
    }

    private static DispositionCatalogue catalogue(Disposition... dispositions) {
        return DispositionCatalogue.of(List.of(dispositions), schema -> Form.NONE);
    }
}
