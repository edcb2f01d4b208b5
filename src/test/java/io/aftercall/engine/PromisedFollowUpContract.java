package io.aftercall.engine;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.TIME;
import static io.aftercall.engine.Samples.interaction;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.AcwNotRequired;
import io.aftercall.agent.AgentId;
import io.aftercall.agent.EarlyCompletion;
import io.aftercall.agent.NotRequiredReason;
import io.aftercall.agent.Paperwork;
import io.aftercall.agent.SettledAcw;
import io.aftercall.agent.WrittenFollowUp;
import io.aftercall.engine.AgentStore.Loaded;
import io.aftercall.engine.AgentStore.Needs;
import io.aftercall.engine.AgentStore.Writes;
import io.aftercall.followup.Assignee;
import io.aftercall.followup.FollowUp;
import io.aftercall.followup.FollowUpDetails;
import io.aftercall.followup.FollowUpKind;
import io.aftercall.followup.FollowUpState;
import io.aftercall.interaction.Interaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of agents does with follow-ups. */
public abstract class PromisedFollowUpContract extends StoreContract {

    private static final FollowUp FIRST = followUp(1, 60, ADA.value());

    private TenantId tenant;

    @BeforeEach
    void aTenantOfItsOwn() {
        tenant = freshTenant();
    }

    @Test
    void everyFieldSurvives() {
        FollowUp full = FIRST.revised(
                        new FollowUpDetails(
                                FollowUpKind.ORDER,
                                TIME.plusSeconds(90),
                                new Assignee(Assignee.Type.DEPARTMENT, "legal"),
                                "¿\"Qué\"?\n🙂",
                                "maria"),
                        FollowUpState.DONE,
                        "ben",
                        new FollowUp.Stamp(TIME.plusSeconds(7), "ben"))
                .reminded(TIME.plusSeconds(8));
        write(new WrittenFollowUp(FIRST, Optional.empty()));

        write(new WrittenFollowUp(full, Optional.of(FIRST)));

        assertThat(loaded(Set.of(FIRST.id()), Set.of()).followUps()).isEqualTo(Map.of(FIRST.id(), full));
    }

    @Test
    void severalRevisionsInOneTransactionLeaveTheLast() {
        FollowUp second =
                FIRST.revised(FIRST.details(), FollowUpState.CANCELLED, ADA.value(), new FollowUp.Stamp(TIME, "ada"));

        write(new WrittenFollowUp(FIRST, Optional.empty()), new WrittenFollowUp(second, Optional.of(FIRST)));

        assertThat(loaded(Set.of(FIRST.id()), Set.of()).followUps()).isEqualTo(Map.of(FIRST.id(), second));
    }

    @Test
    void aTimerLearnsWhatItsAgentIsToBeRemindedOfTheFirstThatIsDueFirst() {
        FollowUp late = followUp(2, 90, ADA.value());
        FollowUp reminded = followUp(3, 30, ADA.value()).reminded(TIME);
        FollowUp done = followUp(4, 30, ADA.value())
                .revised(FIRST.details(), FollowUpState.DONE, ADA.value(), new FollowUp.Stamp(TIME, "ada"));
        FollowUp others = followUp(5, 30, "ben");
        for (FollowUp followUp : List.of(late, FIRST, reminded, done, others)) {
            write(new WrittenFollowUp(followUp, Optional.empty()));
        }

        Map<AgentId, List<FollowUp>> reminders = loaded(Set.of(), Set.of(ADA)).reminders();

        assertThat(reminders).isEqualTo(Map.of(ADA, List.of(FIRST, late)));
    }

    @Test
    void aTimerIsToldNoMoreThanItCanDoAtOnceAndNothingIfThereIsNothing() {
        AgentId idle = new AgentId("idle");
        WrittenFollowUp[] many = IntStream.range(0, Paperwork.REMINDERS + 5)
                .mapToObj(i -> new WrittenFollowUp(followUp(i, 100 - i, ADA.value()), Optional.empty()))
                .toArray(WrittenFollowUp[]::new);
        write(many);

        Map<AgentId, List<FollowUp>> reminders =
                loaded(Set.of(), Set.of(ADA, idle)).reminders();

        assertThat(reminders.get(ADA)).hasSize(Paperwork.REMINDERS);
        assertThat(reminders.get(ADA).get(0)).isEqualTo(many[many.length - 1].followUp());
        assertThat(reminders.get(idle)).isEmpty();
    }

    @Test
    void whatWasPromisedBeforeItWasKnownToWhomIsHisOnceItIs() {
        Interaction interaction = interaction("i-1");
        EarlyCompletion early = new EarlyCompletion(ADA, interaction.id(), TIME, "ada");
        AcwNotRequired reported =
                new AcwNotRequired(ADA, null, interaction, NotRequiredReason.ACW_DISABLED, TIME, TIME.plusSeconds(60));
        FollowUp before = promisedTo(null, 1);
        FollowUp together = promisedTo(null, 2);
        FollowUp named = promisedTo("maria", 3);
        settle(List.of(early), before, named);

        settle(List.of(reported), together);

        assertThat(loaded(Set.of(before.id(), together.id(), named.id()), Set.of())
                        .followUps()
                        .values())
                .extracting(followUp -> followUp.details().customerId())
                .containsExactlyInAnyOrder(interaction.customerId(), interaction.customerId(), "maria");
    }

    @Test
    void whatIsReportedInOneTransactionWithItsEarlyCompletionNamesTheCustomerToo() {
        Interaction interaction = interaction("i-1");
        FollowUp promised = promisedTo(null, 1);

        settle(
                List.of(
                        new EarlyCompletion(ADA, interaction.id(), TIME, "ada"),
                        new AcwNotRequired(ADA, null, interaction, NotRequiredReason.ACW_DISABLED, TIME, TIME)),
                promised);

        assertThat(loaded(Set.of(promised.id()), Set.of())
                        .followUps()
                        .get(promised.id())
                        .details()
                        .customerId())
                .isEqualTo(interaction.customerId());
    }

    private static FollowUp followUp(int number, int due, String holder) {
        return followUp(number, due, holder, "maria");
    }

    private static FollowUp promisedTo(String customer, int number) {
        return followUp(number, 60, ADA.value(), customer);
    }

    private static FollowUp followUp(int number, int due, String holder, String customer) {
        return new FollowUp(
                new UUID(0, number),
                new FollowUpDetails(
                        FollowUpKind.CALLBACK,
                        TIME.plusSeconds(due),
                        new Assignee(Assignee.Type.AGENT, holder),
                        "note",
                        customer),
                FollowUpState.OPEN,
                holder,
                "i-1",
                1,
                new FollowUp.Stamp(TIME, "ada"),
                new FollowUp.Stamp(TIME, "ada"),
                null);
    }

    private void write(WrittenFollowUp... followUps) {
        write(List.of(), List.of(followUps));
    }

    private void settle(List<SettledAcw> settled, FollowUp... promised) {
        write(
                settled,
                Stream.of(promised)
                        .map(followUp -> new WrittenFollowUp(followUp, Optional.empty()))
                        .toList());
    }

    private void write(List<SettledAcw> settled, List<WrittenFollowUp> followUps) {
        Set<AcwKey> acws = settled.stream().map(AcwKey::of).collect(Collectors.toSet());
        await(store().transact(
                        tenant,
                        new Needs(Set.of(ADA), KnownAgents.NONE, acws, Set.of()),
                        any -> new Writes(List.of(), settled, List.of(), followUps, List.of(), List.of())));
    }

    private Loaded loaded(Set<UUID> ids, Set<AgentId> timers) {
        Loaded[] seen = new Loaded[1];
        await(store().transact(tenant, needs(ids, timers), loaded -> {
            seen[0] = loaded;
            return changes();
        }));
        return seen[0];
    }

    private static Needs needs(Set<UUID> ids, Set<AgentId> timers) {
        return new Needs(Set.of(ADA), KnownAgents.NONE, Set.of(), Set.of(), ids, timers);
    }
}
