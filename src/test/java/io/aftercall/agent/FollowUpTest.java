package io.aftercall.agent;

import static io.aftercall.agent.AgentDriver.availableAgent;
import static io.aftercall.agent.AgentDriver.unseenAgent;
import static io.aftercall.agent.Fixtures.AGENT;
import static io.aftercall.agent.Fixtures.begin;
import static io.aftercall.agent.Fixtures.call;
import static io.aftercall.agent.Fixtures.refusal;
import static io.aftercall.agent.Fixtures.second;
import static io.aftercall.agent.Fixtures.start;
import static io.aftercall.agent.Fixtures.timer;
import static io.aftercall.agent.Fixtures.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.disposition.Dispositions;
import io.aftercall.followup.Assignee;
import io.aftercall.followup.FollowUp;
import io.aftercall.followup.FollowUpDetails;
import io.aftercall.followup.FollowUpKind;
import io.aftercall.followup.FollowUpState;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.wrapup.WrapUp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FollowUpTest {

    private static final UUID ID = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final Assignee MYSELF = new Assignee(Assignee.Type.AGENT, AGENT.value());
    private static final Assignee LOGISTICS = new Assignee(Assignee.Type.DEPARTMENT, "logistics");

    @Test
    void theAgentIsRemindedOnceWhenItIsDue() {
        // given
        AgentDriver agent = availableAgent().sends(create(ID, 60));

        // when
        agent.at(59).send(timer());
        List<ChangeCause> before = agent.causes();
        agent.at(60).send(timer());
        agent.at(61).send(timer());

        // then
        assertThat(before).doesNotContain(ChangeCause.FOLLOW_UP_DUE);
        assertThat(agent.causes()).containsOnlyOnce(ChangeCause.FOLLOW_UP_DUE);
        assertThat(agent.changes().get(agent.changes().size() - 1).followUpId()).isEqualTo(ID);
        assertThat(agent.followUp(ID).remindTime()).isEqualTo(second(60));
        assertThat(agent.followUp(ID).revision()).isEqualTo(1);
        assertThat(agent.stored().due()).isEmpty();
    }

    @Test
    void theFirstThatIsDueSetsTheAlarm() {
        // given
        AgentDriver agent = availableAgent().sends(create(ID, 60));

        // when
        agent.sends(create(OTHER, 30));

        // then
        assertThat(agent.stored().followUpDue()).isEqualTo(second(30));
        agent.at(30).send(timer());
        assertThat(agent.stored().followUpDue()).isEqualTo(second(60));
        assertThat(agent.followUp(ID).remindTime()).isNull();
    }

    @Test
    void manyThatAreDueAtOnceAreAllRemindedOf() {
        // given
        AgentDriver agent = availableAgent();
        IntStream.range(0, 45).forEach(i -> agent.send(create(new UUID(1, i), 60)));

        // when
        agent.at(60).sends(timer(), timer(), timer());

        // then
        assertThat(agent.causes().stream().filter(cause -> cause == ChangeCause.FOLLOW_UP_DUE))
                .hasSize(45);
        assertThat(agent.stored().followUpDue()).isNull();
    }

    @Test
    void whatIsDueBeyondThoseThatWereReadDoesNotWaitForALaterOneOfTheSameTransaction() {
        // given
        AgentState agent = availableAgent().sends(create(ID, 60)).stored();
        List<FollowUp> read = IntStream.range(0, Paperwork.REMINDERS)
                .mapToObj(i -> standing(new UUID(1, i), 60))
                .toList();

        // when
        AgentState beforeALaterOne = reminded(agent, Map.of(OTHER, standing(OTHER, 1_000)), read);
        FollowUp lastPutOff = standing(read.get(read.size() - 1).id(), 1_000);
        AgentState withTheLastPutOff = reminded(agent, Map.of(lastPutOff.id(), lastPutOff), read);

        // then
        assertThat(beforeALaterOne.followUpDue()).isEqualTo(second(60));
        assertThat(withTheLastPutOff.followUpDue()).isEqualTo(second(60));
    }

    private static AgentState reminded(AgentState agent, Map<UUID, FollowUp> written, List<FollowUp> read) {
        Decision decision = AgentLifecycle.decide(
                agent,
                Optional.empty(),
                new Paperwork(Map.of(), written, Optional.of(read)),
                timer(),
                any -> EffectivePolicy.DEFAULT,
                Dispositions.ANY,
                new Occasion(second(60), Occasion.SERVER));
        return ((Decision.Changed) decision).state();
    }

    private static FollowUp standing(UUID id, long due) {
        FollowUp.Stamp made = new FollowUp.Stamp(second(0), "ada");
        return new FollowUp(id, details(due, MYSELF), FollowUpState.OPEN, AGENT.value(), null, 1, made, made, null);
    }

    @Test
    void whoIsRemovedAndComesBackIsRemindedOfWhatHeHolds() {
        // given
        AgentDriver agent = availableAgent().sends(create(ID, 90), create(OTHER, 60));

        // when
        agent.send(new DeleteAgent(AGENT, null));
        agent.at(70).send(new UpdateAgent(AGENT, AgentProfile.NONE, Set.of()));

        // then
        assertThat(agent.stored().version()).isEqualTo(1);
        assertThat(agent.stored().followUpDue()).isEqualTo(second(60));
        agent.send(timer());
        assertThat(agent.followUp(OTHER).remindTime()).isEqualTo(second(70));
        assertThat(agent.stored().followUpDue()).isEqualTo(second(90));
    }

    @Test
    void whoIsRemovedAndComesBackInOneTransactionFindsOutLater() {
        Decision decision = AgentLifecycle.decide(
                AgentState.unseen(AGENT),
                Optional.empty(),
                Paperwork.NONE,
                start(call("c-1")),
                any -> EffectivePolicy.DEFAULT,
                Dispositions.ANY,
                new Occasion(second(5), "router"));

        assertThat(((Decision.Changed) decision).state().followUpDue()).isEqualTo(second(5));
    }

    @Test
    void whatIsDoneInTimeIsNotRemindedOf() {
        // given
        AgentDriver agent = availableAgent().sends(create(ID, 60), update(null, null, FollowUpState.DONE));

        // when
        agent.at(60).send(timer());

        // then
        assertThat(agent.causes()).doesNotContain(ChangeCause.FOLLOW_UP_DUE);
        assertThat(agent.stored().followUpDue()).isNull();
    }

    @Test
    void whatIsPutOffIsRemindedOfAgain() {
        // given
        AgentDriver agent = availableAgent().sends(create(ID, 60)).at(60).sends(timer());

        // when
        agent.send(update(second(90), null, null));
        agent.at(90).send(timer());

        // then
        assertThat(agent.causes().stream().filter(cause -> cause == ChangeCause.FOLLOW_UP_DUE))
                .hasSize(2);
        assertThat(agent.followUp(ID).revision()).isEqualTo(2);
    }

    @Test
    void whoGivesItToADepartmentIsRemindedAllTheSame() {
        // given
        AgentDriver agent = availableAgent().sends(create(ID, 60), update(null, LOGISTICS, null));

        // when
        agent.at(60).send(timer());

        // then
        assertThat(agent.followUp(ID).details().assignee()).isEqualTo(LOGISTICS);
        assertThat(agent.followUp(ID).holderId()).isEqualTo(AGENT.value());
        assertThat(agent.causes()).contains(ChangeCause.FOLLOW_UP_DUE);
    }

    @Test
    void whatWentToSomebodyElseLeavesOnlyAnAlarmThatComesToNothing() {
        // given
        AgentDriver agent = availableAgent().sends(create(ID, 60));
        FollowUp given = agent.followUp(ID)
                .revised(
                        details(60, new Assignee(Assignee.Type.AGENT, "ben")),
                        FollowUpState.OPEN,
                        "ben",
                        new FollowUp.Stamp(second(1), "lead"));
        agent.knows(given);

        // when
        agent.at(60).send(timer());

        // then
        assertThat(agent.causes()).doesNotContain(ChangeCause.FOLLOW_UP_DUE);
        assertThat(agent.stored().followUpDue()).isNull();
        assertThat(refusal(agent.send(update(null, LOGISTICS, null)))).isEqualTo(Refusal.FOLLOW_UP_NOT_FOUND);
    }

    @Test
    void whatIsWithATeamIsTakenAndWhatIsWithAnAgentIsNot() {
        // given
        AgentDriver agent = availableAgent().sends(create(ID, 60), update(null, LOGISTICS, null));

        // when
        agent.send(take());
        Decision again = agent.send(new UpdateFollowUp(
                AGENT, ID, null, null, new Assignee(Assignee.Type.AGENT, "ben"), null, null, "", null));

        // then
        assertThat(agent.followUp(ID).details().assignee()).isEqualTo(MYSELF);
        assertThat(refusal(again)).isEqualTo(Refusal.FOLLOW_UP_TAKEN);
        assertThat(agent.send(take())).isInstanceOf(Decision.Unchanged.class);
    }

    @Test
    void theSameAgainChangesNothingAndAnotherOfTheSameIdIsRefused() {
        // given
        AgentDriver agent = availableAgent().sends(create(ID, 60));

        // when
        Decision same = agent.at(70).send(create(ID, 60));
        Decision other = agent.send(create(ID, 90));

        // then
        assertThat(same).isInstanceOf(Decision.Unchanged.class);
        assertThat(refusal(other)).isEqualTo(Refusal.FOLLOW_UP_EXISTS);
    }

    @Test
    void whatIsWrongIsRefused() {
        AgentDriver agent = availableAgent().at(10);

        assertThat(refusal(agent.send(create(ID, 10)))).isEqualTo(Refusal.FOLLOW_UP_IN_PAST);
        assertThat(refusal(agent.send(update(second(20), null, null)))).isEqualTo(Refusal.FOLLOW_UP_NOT_FOUND);
        agent.send(create(ID, 20));
        assertThat(refusal(agent.send(update(second(10), null, null)))).isEqualTo(Refusal.FOLLOW_UP_IN_PAST);
        assertThat(refusal(agent.send(new UpdateFollowUp(AGENT, ID, null, null, LOGISTICS, null, null, "7", AGENT))))
                .isEqualTo(Refusal.FOLLOW_UP_CHANGED);
        assertThat(refusal(unseenAgent().send(create(ID, 60)))).isEqualTo(Refusal.AGENT_NOT_FOUND);
    }

    @Test
    void anAcwEndsWithWhatWasPromisedOrNotAtAll() {
        // given
        AgentDriver agent = availableAgent().sends(start(call("c-1"))).at(5);

        // when
        Decision past = agent.send(completePromising(details(5, LOGISTICS)));
        Map<String, String> violations = ((Decision.Refused) past).violations();
        Decision good = agent.send(completePromising(details(60, LOGISTICS)));
        Decision again = agent.send(completePromising(details(60, LOGISTICS)));

        // then
        assertThat(refusal(past)).isEqualTo(Refusal.FOLLOW_UP_IN_PAST);
        assertThat(violations).containsOnlyKeys("follow_ups[0].details.due_time");
        assertThat(refusal(good)).isNull();
        assertThat(again).isInstanceOf(Decision.Unchanged.class);
        assertThat(agent.followUp(ID).interactionId()).isEqualTo("c-1");
        assertThat(agent.followUp(ID).holderId()).isEqualTo(AGENT.value());
        assertThat(agent.stored().followUpDue()).isEqualTo(second(60));
    }

    @Test
    void whatIsPromisedInAnInteractionIsPromisedToItsCustomer() {
        // given
        AgentDriver agent =
                availableAgent().sends(start(with("ann", call("c-1")))).at(5);
        FollowUpDetails toNobody = new FollowUpDetails(FollowUpKind.CALLBACK, second(60), LOGISTICS, "", null);

        // when
        agent.send(completePromising(toNobody));
        Decision again = agent.send(completePromising(toNobody));
        Decision toAnother = agent.send(completePromising(details(60, LOGISTICS)));

        // then
        assertThat(agent.followUp(ID).details().customerId()).isEqualTo("ann");
        assertThat(again).isInstanceOf(Decision.Unchanged.class);
        assertThat(refusal(toAnother)).isEqualTo(Refusal.FOLLOW_UP_EXISTS);
    }

    @Test
    void alsoIfTheAcwIsCompletedBeforeTheEndOfTheInteractionIsReported() {
        // given
        AgentDriver agent = availableAgent().sends(begin(with("ann", call("c-1"))));
        FollowUpDetails toNobody = new FollowUpDetails(FollowUpKind.CALLBACK, second(60), LOGISTICS, "", null);
        FollowUpDetails another = new FollowUpDetails(FollowUpKind.EMAIL, second(60), LOGISTICS, "", null);

        // when
        agent.send(completePromising(toNobody));
        agent.send(completePromising(OTHER, another));

        // then
        assertThat(agent.followUp(ID).details().customerId()).isEqualTo("ann");
        assertThat(agent.followUp(OTHER).details().customerId()).isEqualTo("ann");
    }

    @Test
    void whatIsPromisedApartFromTheAcwIsPromisedToTheCustomerToo() {
        // given
        FollowUpDetails toNobody = new FollowUpDetails(FollowUpKind.CALLBACK, second(60), LOGISTICS, "", null);
        CreateFollowUp live = new CreateFollowUp(AGENT, new UUID(1, 1), toNobody, "c-1");
        CreateFollowUp open = new CreateFollowUp(AGENT, new UUID(1, 2), toNobody, "c-1");
        CreateFollowUp over = new CreateFollowUp(AGENT, new UUID(1, 3), toNobody, "c-1");
        CreateFollowUp unknown = new CreateFollowUp(AGENT, new UUID(1, 4), toNobody, "c-2");
        AgentDriver agent = availableAgent().sends(begin(with("ann", call("c-1"))));

        // when
        agent.sends(live, start(call("c-1")), open, completePromising(details(60, LOGISTICS)), over, unknown);
        Decision again = agent.send(over);

        // then
        assertThat(Stream.of(live, open, over).map(promise -> agent.followUp(promise.id())))
                .extracting(followUp -> followUp.details().customerId())
                .containsOnly("ann");
        assertThat(agent.followUp(unknown.id()).details().customerId()).isNull();
        assertThat(again).isInstanceOf(Decision.Unchanged.class);
    }

    private static CreateFollowUp create(UUID id, long due) {
        return new CreateFollowUp(AGENT, id, details(due, MYSELF), null);
    }

    private static UpdateFollowUp update(Instant due, Assignee assignee, FollowUpState state) {
        return new UpdateFollowUp(AGENT, ID, null, due, assignee, null, state, "", AGENT);
    }

    private static UpdateFollowUp take() {
        return new UpdateFollowUp(AGENT, ID, null, null, MYSELF, null, null, "", null);
    }

    private static CompleteAcw completePromising(FollowUpDetails details) {
        return completePromising(ID, details);
    }

    private static CompleteAcw completePromising(UUID id, FollowUpDetails details) {
        return new CompleteAcw(
                AGENT,
                call("c-1").id(),
                Optional.of(WrapUp.EMPTY.classified("SALE")),
                "",
                Optional.empty(),
                null,
                Map.of(id, details));
    }

    private static FollowUpDetails details(long due, Assignee assignee) {
        return new FollowUpDetails(FollowUpKind.CALLBACK, second(due), assignee, "The invoice", "maria");
    }
}
