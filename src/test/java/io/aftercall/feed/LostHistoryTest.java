package io.aftercall.feed;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.BOB;
import static io.aftercall.engine.Samples.idle;
import static io.aftercall.engine.Samples.step;
import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercall.agent.PresenceSetting;
import io.aftercall.agent.SetPresence;
import io.aftercall.engine.Actor;
import io.aftercall.engine.CommandLane;
import io.aftercall.engine.InMemoryPolicyStore;
import io.aftercall.engine.PolicyBook;
import io.aftercall.engine.Reply;
import io.aftercall.engine.StoredAgent;
import io.aftercall.engine.Submission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An older backup is restored under running replicas. */
class LostHistoryTest {

    private final FeedFixture fixture = new FeedFixture(8).loaded();
    private final TenantFeed feed = fixture.feed;
    private String before;

    @BeforeEach
    void ofThreeChangesTwoAreLost() {
        fixture.here(step(idle(ADA, 1)));
        fixture.here(step(idle(ADA, 2)), step(idle(BOB, 1)));
        before = feed.epoch();
        fixture.memory.restore(fixture.tenant, 1);
    }

    @Test
    void aReadSeesWhatIsThereAndTheHistoryHasANewName() {
        await(new ReadBarrier(feed, fixture.store, fixture.database).pass());

        assertWhatIsThere();
    }

    @Test
    void aPollNoticesToo() {
        FeedTail.Pace pace = new FeedTail.Pace(Duration.ofMillis(50), Duration.ofMillis(250));

        await(new FeedTail(feed, fixture.store::head, fixture.database, pace, Duration.ofSeconds(2)).poll());

        assertWhatIsThere();
    }

    @Test
    void aCommandIsDecidedOnWhatIsThere() {
        PolicyBook policies = new PolicyBook(fixture.tenant, new InMemoryPolicyStore(fixture.memory, fixture.clock));
        await(policies.refresh());
        CommandLane lane = new CommandLane(
                fixture.tenant, fixture.store, policies, feed, feed, Runnable::run, new CommandLane.Limits(10, 10));

        Reply reply = await(lane.submit(new Submission(
                new SetPresence(ADA, PresenceSetting.notReady("LUNCH")),
                Actor.named("router"),
                Optional.empty(),
                () -> false)));

        assertThat(((Reply.Accepted) reply).agent().revision()).isEqualTo(2);
        assertThat(((Reply.Accepted) reply).agent().state().version()).isEqualTo(2);
        assertThat(feed.epoch()).isNotEqualTo(before);
        assertThat(feed.revision()).isEqualTo(2);
        assertThat(feed.agent(BOB)).isEmpty();
    }

    @Test
    void anotherReplicaFollowsAlsoOnceTheRevisionIsAheadAgain() {
        await(fixture.memory.renewEpoch(fixture.tenant, before));
        fixture.elsewhere(step(idle(BOB, 1)), step(idle(BOB, 2)), step(idle(BOB, 3)));

        await(new ReadBarrier(feed, fixture.store, fixture.database).pass());

        assertThat(feed.revision()).isEqualTo(4);
        assertThat(feed.agent(ADA)).contains(new StoredAgent(idle(ADA, 1), 1));
        assertThat(feed.agent(BOB)).contains(new StoredAgent(idle(BOB, 3), 4));
    }

    @Test
    void whoWaitsForALostRevisionIsNotLeftWaiting() {
        CompletableFuture<Void> waiting = feed.reach(3 + 1).toCompletableFuture();
        assertThat(waiting).isNotDone();

        await(feed.renew());

        assertThat(waiting).isCompleted();
    }

    @Test
    void aSubscriptionOfTheLostHistoryEnds() {
        Subscription subscription =
                Subscription.after(before, 3, feed, fixture.store, StateFilter.ALL, Delivery.EVERY_CHANGE);
        await(feed.renew());
        fixture.here(step(idle(BOB, 1)), step(idle(BOB, 2)), step(idle(BOB, 3)));

        assertThat(subscription.behind()).isTrue();
        assertThat(subscription.needsLog()).isFalse();
        assertThatThrownBy(subscription::next).isInstanceOfSatisfying(BadToken.class, bad -> assertThat(bad.reason())
                .isEqualTo(BadToken.Reason.OTHER_EPOCH));
    }

    @Test
    void anAnswerThatIsMerelyOldIsNoLoss() {
        FeedFixture slow = new FeedFixture(8).loaded();
        slow.store.holdAnswers();
        CompletableFuture<?> read =
                new ReadBarrier(slow.feed, slow.store, slow.database).pass().toCompletableFuture();
        slow.here(step(idle(ADA, 1)));
        String epoch = slow.feed.epoch();

        slow.store.release();

        assertThat(read).isCompleted();
        assertThat(slow.feed.epoch()).isEqualTo(epoch);
        assertThat(slow.store.calls("snapshot")).isEqualTo(1);
    }

    private void assertWhatIsThere() {
        assertThat(feed.epoch()).isNotEqualTo(before);
        assertThat(feed.revision()).isEqualTo(1);
        assertThat(List.copyOf(feed.view().agents())).containsExactly(new StoredAgent(idle(ADA, 1), 1));
    }
}
