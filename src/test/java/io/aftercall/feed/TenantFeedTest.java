package io.aftercall.feed;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.BOB;
import static io.aftercall.engine.Samples.idle;
import static io.aftercall.engine.Samples.step;
import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.StoredAgent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TenantFeedTest {

    private final FeedFixture fixture = new FeedFixture(8);
    private final TenantFeed feed = fixture.feed;

    @Test
    void nothingIsReadBeforeSomebodyAsks() {
        boolean loaded = feed.loaded();

        assertThat(loaded).isFalse();
        assertThat(fixture.store.calls("snapshot")).isZero();
    }

    @Test
    void whoAsksFirstLoadsAllAgentsAtTheirRevision() {
        fixture.elsewhere(step(idle(ADA, 1)), step(idle(BOB, 1)));

        await(feed.reach(2));

        assertThat(feed.revision()).isEqualTo(2);
        assertThat(feed.agent(BOB)).contains(new StoredAgent(idle(BOB, 1), 2));
        assertThat(fixture.store.calls("changesAfter")).isZero();
    }

    @Test
    void aFirstSnapshotThatIsOlderThanWhatSomebodyWaitsForDoesNotSatisfyHim() {
        fixture.store.holdAnswers();
        feed.catchUp();
        fixture.elsewhere(step(idle(ADA, 1)));
        CompletableFuture<Void> waiting = feed.reach(1).toCompletableFuture();

        fixture.store.releaseOne();

        assertThat(feed.revision()).isZero();
        assertThat(waiting).isNotDone();
        fixture.store.release();
        assertThat(waiting).isCompleted();
        assertThat(feed.revision()).isEqualTo(1);
    }

    @Test
    void ownCommitsAreAppliedAtOnceWithoutAskingTheLog() {
        fixture.loaded();

        fixture.here(step(idle(ADA, 1)), step(idle(ADA, 2)));

        assertThat(feed.agent(ADA)).contains(new StoredAgent(idle(ADA, 2), 2));
        assertThat(fixture.applied).containsExactly(1L, 2L);
        assertThat(fixture.store.calls("changesAfter")).isZero();
    }

    @Test
    void aGapIsFilledFromTheLogInOrder() {
        fixture.loaded();
        fixture.elsewhere(step(idle(ADA, 1)));

        fixture.here(step(idle(BOB, 1)));

        assertThat(fixture.applied).containsExactly(1L, 2L);
        assertThat(feed.view()).satisfies(view -> assertThat(view.agents()).hasSize(2));
    }

    @Test
    void commitsThatComeOutOfOrderAreAppliedOnceAndInOrder() {
        fixture.loaded();
        List<CommittedChange> first = fixture.elsewhere(step(idle(ADA, 1)));
        List<CommittedChange> second = fixture.elsewhere(step(idle(ADA, 2)));

        feed.committed(second);
        feed.committed(first);

        assertThat(fixture.applied).containsExactly(1L, 2L);
        assertThat(feed.agent(ADA)).contains(new StoredAgent(idle(ADA, 2), 2));
    }

    @Test
    void whatTheLogHasIsAppliedInPagesUntilItsEnd() {
        fixture.loaded();
        fixture.manyElsewhere(2_500);

        await(feed.catchUp());

        assertThat(feed.revision()).isEqualTo(2_500);
        assertThat(fixture.applied).hasSize(2_500).isSorted();
    }

    @Test
    void aLogThatNoLongerHasWhatComesNextMakesTheFeedLoadAgain() {
        fixture.loaded();
        fixture.elsewhere(step(idle(ADA, 1)), step(idle(ADA, 2)), step(idle(ADA, 3)));
        fixture.memory.forgetLog(fixture.tenant, 2);

        await(feed.reach(3));

        assertThat(feed.agent(ADA)).contains(new StoredAgent(idle(ADA, 3), 3));
        assertThat(fixture.store.calls("snapshot")).isEqualTo(2);
    }

    @Test
    void aLogOfWhichAllIsForgottenIsNotTakenForNothingNew() {
        fixture.loaded();
        fixture.elsewhere(step(idle(ADA, 1)), step(idle(ADA, 2)));
        fixture.memory.forgetLog(fixture.tenant, 2);

        CompletableFuture<Void> reached = feed.reach(2).toCompletableFuture();

        assertThat(reached).isCompleted();
        assertThat(feed.agent(ADA)).contains(new StoredAgent(idle(ADA, 2), 2));
        assertThat(fixture.store.calls("snapshot")).isEqualTo(2);
    }

    @Test
    void aGapWithinTheLogIsNotSkipped() {
        fixture.loaded();
        fixture.elsewhere(step(idle(ADA, 1)), step(idle(BOB, 1)), step(idle(ADA, 2)), step(idle(ADA, 3)));
        fixture.memory.forgetLog(fixture.tenant, 2, 3);

        await(feed.reach(4));

        assertThat(fixture.applied).containsExactly(1L);
        assertThat(feed.agent(BOB)).contains(new StoredAgent(idle(BOB, 1), 2));
        assertThat(fixture.store.calls("snapshot")).isEqualTo(2);
    }

    @Test
    void changesAfterTheDatabasesClockWentBackAreFoundInTheLog() {
        fixture.loaded().here(step(idle(ADA, 1)));
        fixture.clock.tick(Duration.ofHours(-1));
        fixture.elsewhere(step(idle(ADA, 2)));
        fixture.clock.tick(Duration.ofHours(2));
        fixture.elsewhere(step(idle(ADA, 3)));

        await(feed.reach(3));

        assertThat(fixture.applied).containsExactly(1L, 2L, 3L);
        assertThat(fixture.store.calls("snapshot")).isEqualTo(1);
    }

    @Test
    void aSnapshotThatOwnCommitsHaveOvertakenIsNotTaken() {
        fixture.loaded();
        List<CommittedChange> first = fixture.elsewhere(step(idle(ADA, 1)));
        fixture.memory.forgetLog(fixture.tenant, 1);
        fixture.store.holdAnswers();
        CompletableFuture<Void> reached = feed.reach(1).toCompletableFuture();
        fixture.store.releaseOne();
        feed.committed(first);
        fixture.here(step(idle(ADA, 2)));

        fixture.store.release();

        assertThat(reached).isCompleted();
        assertThat(feed.agent(ADA)).contains(new StoredAgent(idle(ADA, 2), 2));
    }

    @Test
    void whileTheFeedLoadsAgainNobodyIsMissing() {
        fixture.loaded().here(step(idle(ADA, 1)));
        fixture.elsewhere(step(idle(ADA, 2)), step(idle(ADA, 3)));
        fixture.memory.forgetLog(fixture.tenant, 2);
        List<Boolean> there = new ArrayList<>();
        fixture.store.onSnapshot(() -> there.add(feed.agent(ADA).isPresent()));

        await(feed.catchUp());

        assertThat(there).containsExactly(true);
    }

    @Test
    void listenersAreToldThatTheFeedStartedOver() {
        List<Long> resets = new ArrayList<>();
        feed.listen(new FeedListener() {
            @Override
            public void reset() {
                resets.add(feed.revision());
            }

            @Override
            public void applied(List<CommittedChange> changes) {}
        });
        fixture.elsewhere(step(idle(ADA, 1)));

        fixture.loaded();

        assertThat(resets).containsExactly(1L);
    }

    @Test
    void allWhoAskToCatchUpDuringALookShareTheNext() {
        fixture.loaded();
        fixture.elsewhere(step(idle(ADA, 1)));
        fixture.store.holdCalls();
        feed.catchUp();

        CompletableFuture<Void> second = feed.catchUp().toCompletableFuture();
        CompletableFuture<Void> third = feed.catchUp().toCompletableFuture();
        fixture.store.release();

        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
        assertThat(fixture.store.calls("changesAfter")).isEqualTo(2);
    }

    @Test
    void whoWantsARevisionGetsItAlsoIfTheLogWasAskedBeforeItWasCommitted() {
        fixture.loaded();
        fixture.store.holdAnswers();
        feed.catchUp();
        fixture.elsewhere(step(idle(ADA, 1)));

        CompletableFuture<Void> reached = feed.reach(1).toCompletableFuture();
        fixture.store.release();

        assertThat(reached).isCompleted();
        assertThat(feed.revision()).isEqualTo(1);
    }

    @Test
    void anOwnCommitBehindAGapIsAppliedAlsoIfTheLogWasAskedBeforeIt() {
        fixture.loaded();
        fixture.store.holdAnswers();
        feed.catchUp();
        fixture.elsewhere(step(idle(ADA, 1)));

        fixture.here(step(idle(BOB, 1)));
        fixture.store.release();

        assertThat(feed.revision()).isEqualTo(2);
    }

    @Test
    void aFailureReachesWhoWaitsAndTheNextWorks() {
        fixture.loaded();
        fixture.elsewhere(step(idle(ADA, 1)));
        fixture.store.failWith(new IllegalStateException("Away"));
        assertThat(feed.reach(1).toCompletableFuture()).isCompletedExceptionally();
        fixture.store.failWith(null);

        await(feed.reach(1));

        assertThat(feed.revision()).isEqualTo(1);
    }
}
