package io.aftercall.engine;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.BOB;
import static io.aftercall.engine.Samples.busy;
import static io.aftercall.engine.Samples.idle;
import static io.aftercall.engine.Samples.resting;
import static io.aftercall.engine.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.AgentStatus;
import io.aftercall.agent.ChangeCause;
import io.aftercall.agent.EndReason;
import io.aftercall.agent.StateChange;
import io.aftercall.engine.AgentStore.Committed;
import io.aftercall.engine.AgentStore.Loaded;
import io.aftercall.engine.AgentStore.Needs;
import io.aftercall.engine.AgentStore.Snapshot;
import io.aftercall.engine.AgentStore.Work;
import io.aftercall.engine.AgentStore.Writes;
import io.aftercall.interaction.InteractionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of agents does: agents, their log, and what is refused. */
public abstract class AgentStoreContract extends StoreContract {

    private TenantId tenant;

    /** What the tenant's log has so far is so much older. */
    protected abstract void letDaysPass(TenantId ofTenant, int days);

    @BeforeEach
    void aTenantOfItsOwn() {
        tenant = freshTenant();
    }

    @Test
    void changesAreNumberedFromOneInTheOrderInWhichTheyAreWritten() {
        Committed committed = write(step(idle(ADA, 1)), step(idle(BOB, 1)), step(idle(ADA, 2)));

        assertThat(committed.changes()).extracting(CommittedChange::revision).containsExactly(1L, 2L, 3L);
        assertThat(log(0, 10)).isEqualTo(committed.changes());
        assertThat(agents())
                .containsExactlyInAnyOrder(new StoredAgent(idle(ADA, 2), 3), new StoredAgent(idle(BOB, 1), 2));
    }

    @Test
    void manyChangesOfOneTransactionAreNumberedInOrderAndTheLastOfAnAgentHolds() {
        StateChange[] steps = IntStream.rangeClosed(1, 500)
                .mapToObj(i -> step(idle(i % 2 == 0 ? ADA : BOB, (i + 1) / 2)))
                .toArray(StateChange[]::new);

        Committed committed = write(steps);

        assertThat(committed.changes())
                .extracting(CommittedChange::revision)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 500).boxed().toList());
        assertThat(log(0, 1_000)).isEqualTo(committed.changes());
        assertThat(agents())
                .containsExactlyInAnyOrder(new StoredAgent(idle(ADA, 250), 500), new StoredAgent(idle(BOB, 250), 499));
    }

    @Test
    void anAgentWhoIsDeletedIsGoneAndHisLastStateIsInTheLog() {
        write(step(idle(ADA, 1)), step(idle(BOB, 1)));

        Committed committed = write(new StateChange(
                ChangeCause.AGENT_DELETED, idle(ADA, 2), AgentStatus.AVAILABLE, "x", null, null, null, null));

        assertThat(agents()).containsExactly(new StoredAgent(idle(BOB, 1), 2));
        assertThat(log(2, 10)).isEqualTo(committed.changes());
    }

    @Test
    void anAgentWhoIsSeenAgainInTheTransactionThatDeletesHimIsThere() {
        write(step(idle(ADA, 1)));

        write(
                new StateChange(
                        ChangeCause.AGENT_DELETED, idle(ADA, 2), AgentStatus.AVAILABLE, "x", null, null, null, null),
                step(idle(ADA, 1)));

        assertThat(agents()).containsExactly(new StoredAgent(idle(ADA, 1), 3));
    }

    @Test
    void whatIsKnownIsOnlyBelievedAtTheTenantsRevision() {
        write(step(idle(ADA, 1)), step(idle(ADA, 2)));
        StoredAgent stored = new StoredAgent(idle(ADA, 2), 2);
        StoredAgent old = new StoredAgent(idle(ADA, 1), 1);

        Loaded current = loaded(knowing(2, Map.of(ADA, stored)));
        Loaded behind = loaded(knowing(1, Map.of(ADA, old)));
        Loaded ahead = loaded(knowing(7, Map.of(ADA, old)));
        Loaded empty = loaded(knowing(-1, Map.of()));
        Loaded otherHistory = loaded(knowing("other", 2, Map.of(ADA, old)));

        assertThat(List.of(current, behind, ahead, empty, otherHistory))
                .allSatisfy(loaded -> assertThat(loaded.agents()).containsExactly(Map.entry(ADA, stored)));
    }

    @Test
    void aTransactionLearnsTheHistoryAndWhereItEnds() {
        write(step(idle(ADA, 1)), step(idle(ADA, 2)));

        Loaded loaded = loaded(needs(ADA));

        assertThat(loaded.revision()).isEqualTo(2);
        assertThat(loaded.epoch()).isEqualTo(await(store().snapshot(tenant)).epoch());
    }

    @Test
    void anEpochIsRenewedOnceForEachLoss() {
        String lost = await(store().head(tenant)).epoch();

        await(store().renewEpoch(tenant, lost));
        String renewed = await(store().head(tenant)).epoch();
        await(store().renewEpoch(tenant, lost));

        assertThat(renewed).isNotEqualTo(lost);
        assertThat(await(store().snapshot(tenant)).epoch()).isEqualTo(renewed);
    }

    @Test
    void whoWasRegisteredByAnotherIsLoadedThoughNotRemembered() {
        write(step(idle(BOB, 1)));
        write(step(idle(ADA, 1)));

        Loaded loaded = loaded(knowing(1, Map.of()));

        assertThat(loaded.agents()).containsEntry(ADA, new StoredAgent(idle(ADA, 1), 2));
    }

    @Test
    void theNextTransactionGoesOnWithTheNextNumber() {
        write(step(idle(ADA, 1)), step(idle(ADA, 2)));

        Committed committed = write(step(idle(BOB, 1)));

        assertThat(committed.changes()).extracting(CommittedChange::revision).containsExactly(3L);
        assertThat(await(store().head(tenant)).revision()).isEqualTo(3);
    }

    @Test
    void tenantsAreNumberedApartAndDoNotSeeEachOther() {
        TenantId other = freshTenant();
        write(step(idle(ADA, 1)));

        Committed committed = await(store().transact(other, needs(BOB), loaded -> changes(step(idle(BOB, 1)))));

        assertThat(committed.changes().get(0).revision()).isEqualTo(1);
        assertThat(agents()).extracting(agent -> agent.state().agentId()).containsExactly(ADA);
    }

    @Test
    void everyFieldOfAnAgentSurvives() {
        AgentState full = busy(ADA, 5);

        write(step(full));

        assertThat(loaded(needs(ADA)).agents()).containsEntry(ADA, new StoredAgent(full, 1));
        assertThat(agents()).containsExactly(new StoredAgent(full, 1));
    }

    @Test
    void everyFieldOfAChangeSurvives() {
        StateChange change = new StateChange(
                ChangeCause.ACW_ENDED,
                busy(ADA, 3),
                AgentStatus.AFTER_CALL_WORK,
                "supervisor",
                new InteractionId("i-1"),
                UUID.randomUUID(),
                EndReason.FORCED,
                null);

        Committed committed = write(change);

        assertThat(log(0, 10)).isEqualTo(committed.changes());
        assertThat(log(0, 10).get(0)).isEqualTo(new CommittedChange(1, committed.now(), Optional.of(change)));
    }

    @Test
    void theLogIsReadInPages() {
        write(step(idle(ADA, 1)), step(idle(ADA, 2)), step(idle(ADA, 3)));

        List<CommittedChange> page = log(1, 1);

        assertThat(page).extracting(CommittedChange::revision).containsExactly(2L);
        assertThat(log(2, 10)).extracting(CommittedChange::revision).containsExactly(3L);
        assertThat(log(3, 10)).isEmpty();
    }

    @Test
    void whatIsThrownWhileDecidingComesOutAndLeavesNothing() {
        RuntimeException thrown = new IllegalStateException("Not now");

        assertThatThrownBy(() -> await(store().transact(tenant, needs(ADA), loaded -> {
                    throw thrown;
                })))
                .satisfies(failure -> assertThat(rootOf(failure)).isSameAs(thrown));

        assertThat(agents()).isEmpty();
        assertThat(await(store().head(tenant)).revision()).isZero();
    }

    @Test
    void anAgentOfWhomNothingIsWrittenIsNotThere() {
        await(store().transact(tenant, needs(ADA, BOB), loaded -> changes(step(idle(BOB, 1)))));

        assertThat(agents()).extracting(agent -> agent.state().agentId()).containsExactly(BOB);
        assertThat(loaded(needs(ADA)).agents()).isEmpty();
    }

    @Test
    void aSnapshotOfATenantWithoutAgentsIsEmptyAtItsRevision() {
        Snapshot snapshot = await(store().snapshot(tenant));

        assertThat(snapshot.revision()).isZero();
        assertThat(snapshot.agents()).isEmpty();
        assertThat(snapshot.epoch()).isNotBlank();
    }

    @Test
    void overdueAreThoseWhoWaitLongerThanTheGraceTheLongestFirst() {
        AgentId carl = new AgentId("carl");
        AgentId dora = new AgentId("dora");
        AgentId eve = new AgentId("eve");
        await(store().transact(
                        tenant,
                        needs(ADA, BOB, carl, dora, eve),
                        loaded -> changes(
                                step(resting(ADA, 1, loaded.now().minusSeconds(10))),
                                step(resting(BOB, 1, loaded.now().minusSeconds(20))),
                                step(resting(carl, 1, loaded.now().minusSeconds(1))),
                                step(resting(dora, 1, loaded.now().plusSeconds(60))),
                                step(idle(eve, 1)))));

        List<AgentId> overdue = overdue(Duration.ofSeconds(5), 10);

        assertThat(overdue).containsExactly(BOB, ADA);
        assertThat(overdue(Duration.ofSeconds(5), 1)).containsExactly(BOB);
    }

    private List<AgentId> overdue(Duration since, int limit) {
        return await(store().overdue(since, limit)).getOrDefault(tenant, List.of());
    }

    @Test
    void whoseDeadlineMovedIsNoLongerOverdue() {
        await(store().transact(
                        tenant,
                        needs(ADA),
                        loaded -> changes(step(resting(ADA, 1, loaded.now().minusSeconds(10))), step(idle(ADA, 2)))));

        List<AgentId> overdue = overdue(Duration.ZERO, 10);

        assertThat(overdue).isEmpty();
    }

    @Test
    void changesThatAreOldAreForgottenAndTheNumberingGoesOn() {
        write(step(idle(ADA, 1)), step(idle(ADA, 2)));
        letDaysPass(tenant, 8);
        write(step(idle(ADA, 3)));

        await(store().forgetChanges(Duration.ofDays(7)));

        assertThat(log(0, 10)).extracting(CommittedChange::revision).containsExactly(3L);
        assertThat(agents()).containsExactly(new StoredAgent(idle(ADA, 3), 3));
    }

    @Test
    void aLogThatIsForgottenAsAWholeStillEndsWhereItDid() {
        write(step(idle(ADA, 1)), step(idle(ADA, 2)));
        letDaysPass(tenant, 8);

        await(store().forgetChanges(Duration.ofDays(7)));

        assertThat(log(0, 10)).isEmpty();
        assertThat(await(store().head(tenant)).revision()).isEqualTo(2);
        assertThat(write(step(idle(ADA, 3))).changes())
                .extracting(CommittedChange::revision)
                .containsExactly(3L);
    }

    @Test
    void changesThatAreYoungAreKept() {
        List<CommittedChange> written =
                write(step(idle(ADA, 1)), step(idle(BOB, 1))).changes();

        await(store().forgetChanges(Duration.ofHours(1)));

        assertThat(log(0, 10)).isEqualTo(written);
    }

    @Test
    void changesSinceATimeAreNeverLeftOut() {
        write(step(idle(ADA, 1)));
        letDaysPass(tenant, 3);
        Committed second = write(step(idle(ADA, 2)));
        Committed third = write(step(idle(ADA, 3)));

        List<CommittedChange> since = await(store().changesAfter(tenant, 1, second.now(), 10));

        assertThat(since)
                .containsExactly(second.changes().get(0), third.changes().get(0));
    }

    @Test
    void whoeverHandsOverTransactionsIsToldWhatIsWrittenBeforeItIsCommitted() {
        List<String> order = new CopyOnWriteArrayList<>();

        await(store().transact(tenant, needs(ADA), telling(order, changes(step(idle(ADA, 1)))))
                .thenRun(() -> order.add("committed")));

        assertThat(order).containsExactly("decided", "written", "committed");
    }

    @Test
    void whereNothingIsWrittenNobodyIsToldThatItIs() {
        List<String> order = new CopyOnWriteArrayList<>();

        await(store().transact(tenant, needs(ADA), telling(order, changes())));

        assertThat(order).containsExactly("decided");
    }

    private static Work telling(List<String> order, Writes writes) {
        return new Work() {
            @Override
            public Writes decide(Loaded loaded) {
                order.add("decided");
                return writes;
            }

            @Override
            public void written() {
                order.add("written");
            }
        };
    }

    private Committed write(StateChange... changes) {
        return await(store().transact(tenant, needs(ADA, BOB), loaded -> changes(changes)));
    }

    private Loaded loaded(Needs needs) {
        Loaded[] seen = new Loaded[1];
        Work look = loaded -> {
            seen[0] = loaded;
            return changes();
        };
        await(store().transact(tenant, needs, look));
        return seen[0];
    }

    private List<CommittedChange> log(long after, int limit) {
        return await(store().changesAfter(tenant, after, Instant.EPOCH, limit));
    }

    private List<StoredAgent> agents() {
        return List.copyOf(await(store().snapshot(tenant)).agents());
    }

    private Needs knowing(long revision, Map<AgentId, StoredAgent> known) {
        return knowing(await(store().head(tenant)).epoch(), revision, known);
    }

    private static Needs knowing(String epoch, long revision, Map<AgentId, StoredAgent> known) {
        return new Needs(Set.of(ADA), new KnownAgents(epoch, revision, known), Set.of(), Set.of());
    }
}
