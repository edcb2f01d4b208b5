package io.aftercall.feed;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.BOB;
import static io.aftercall.engine.Samples.deletion;
import static io.aftercall.engine.Samples.idle;
import static io.aftercall.engine.Samples.resting;
import static io.aftercall.engine.Samples.step;
import static io.aftercall.feed.FeedFixture.from;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.AgentState;
import io.aftercall.agent.AgentStatus;
import io.aftercall.agent.ChangeCause;
import io.aftercall.agent.StateChange;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.StoredAgent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

    private static final StateFilter AVAILABLE = StateFilter.ofStatuses(AgentStatus.AVAILABLE);

    private final FeedFixture fixture = new FeedFixture(64).loaded();
    private final Instant now = fixture.clock.instant();
    private final Instant later = now.plusSeconds(60);

    @Test
    void aSnapshotComesFirstAndThenEachChange() {
        fixture.here(step(idle(ADA, 1)));
        Subscription subscription = fromSnapshot(StateFilter.ALL, Delivery.EVERY_CHANGE);
        List<FeedEvent> snapshot = subscription.next().events();
        CommittedChange change = fixture.here(step(idle(BOB, 1))).get(0);

        List<FeedEvent> changes = subscription.next().events();

        assertThat(snapshot)
                .containsExactly(
                        new FeedEvent.SnapshotEntry(new StoredAgent(idle(ADA, 1), 1)), new FeedEvent.SnapshotEnd(1, 1));
        assertThat(changes).containsExactly(new FeedEvent.Change(change, 1));
        assertThat(subscription.behind()).isFalse();
    }

    @Test
    void aDeletionIsTheLastThatASubscriberHearsOfAnAgent() {
        fixture.here(step(idle(ADA, 1)));
        Subscription subscription = fromSnapshot(AVAILABLE, Delivery.CONFLATED);
        subscription.next();
        CommittedChange deleted = fixture.here(deletion(idle(ADA, 2))).get(0);

        List<FeedEvent> told = subscription.next().events();
        fixture.here(new StateChange(
                ChangeCause.AGENT_REGISTERED,
                AgentState.unseen(ADA),
                AgentStatus.AVAILABLE,
                "router",
                null,
                null,
                null,
                null));

        assertThat(told).containsExactly(new FeedEvent.Change(deleted, 1));
        assertThat(subscription.next().events()).isEmpty();
    }

    @Test
    void aSnapshotShowsWhatIsDueAsDone() {
        fixture.here(step(resting(ADA, 1, now)));

        List<FeedEvent> snapshot =
                fromSnapshot(StateFilter.ALL, Delivery.CONFLATED).next().events();

        assertThat(((FeedEvent.SnapshotEntry) snapshot.get(0)).agent().state().status())
                .isEqualTo(AgentStatus.AVAILABLE);
    }

    @Test
    void aLongSnapshotComesInPartsAndThereIsNoTokenBeforeItsEnd() {
        fixture.manyElsewhere(300);
        fixture.loaded();
        Subscription subscription = fromSnapshot(StateFilter.ALL, Delivery.CONFLATED);

        List<FeedEvent> first = subscription.next().events();

        assertThat(first).hasSize(128);
        assertThat(subscription.token()).isEmpty();
        subscription.next();
        assertThat(subscription.next().events()).hasSize(300 - 256 + 1).endsWith(new FeedEvent.SnapshotEnd(300, 300));
        assertThat(subscription.token()).isPresent();
    }

    @Test
    void whoResumesGetsWhatCameAfterItsToken() {
        Subscription before = fromSnapshot(StateFilter.ALL, Delivery.EVERY_CHANGE);
        before.next();
        fixture.here(step(idle(ADA, 1)));
        before.next();
        ResumeToken token = before.token().orElseThrow();
        CommittedChange missed = fixture.here(step(idle(ADA, 2))).get(0);

        List<FeedEvent> resumed = after(token.revision(), StateFilter.ALL, Delivery.EVERY_CHANGE)
                .next()
                .events();

        assertThat(token)
                .isEqualTo(new ResumeToken(fixture.feed.epoch(), fixture.tenant, 1, StateFilter.ALL.fingerprint()));
        assertThat(resumed).containsExactly(new FeedEvent.Change(missed, 1));
    }

    @Test
    void whoLagsAndWantsTheLatestIsToldOneChangeForEachAgentAndHowManyItStandsFor() {
        fixture.here(step(idle(ADA, 1)), step(idle(BOB, 1)), step(idle(ADA, 2)));
        CommittedChange last = fixture.here(step(idle(ADA, 3))).get(0);

        List<FeedEvent> events =
                after(0, StateFilter.ALL, Delivery.CONFLATED).next().events();

        assertThat(events).hasSize(2).last().isEqualTo(new FeedEvent.Change(last, 3));
        assertThat(((FeedEvent.Change) events.get(0)).coalescedCount()).isEqualTo(1);
    }

    @Test
    void whoLagsAndWantsEveryChangeIsToldEachInOrder() {
        fixture.here(step(idle(ADA, 1)), step(idle(BOB, 1)), step(idle(ADA, 2)));

        List<FeedEvent> events =
                after(0, StateFilter.ALL, Delivery.EVERY_CHANGE).next().events();

        assertThat(events)
                .extracting(event -> ((FeedEvent.Change) event).change().revision())
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void whoNoLongerMatchesIsToldAsLeftOnce() {
        fixture.here(step(idle(ADA, 1)));
        fixture.here(from(AgentStatus.AVAILABLE, resting(ADA, 2, later)));
        fixture.here(from(AgentStatus.RESTING, resting(ADA, 3, later)));

        List<FeedEvent> events =
                after(1, AVAILABLE, Delivery.EVERY_CHANGE).next().events();

        assertThat(events).containsExactly(new FeedEvent.LeftFilter(ADA));
    }

    @Test
    void whoCameAndLeftWhileTheSubscriberLaggedIsToldAsLeft() {
        fixture.here(from(AgentStatus.OFFLINE, idle(ADA, 1)));
        fixture.here(from(AgentStatus.AVAILABLE, resting(ADA, 2, later)));

        List<FeedEvent> events = after(0, AVAILABLE, Delivery.CONFLATED).next().events();

        assertThat(events).containsExactly(new FeedEvent.LeftFilter(ADA));
    }

    @Test
    void whoLeftAndCameBackIsToldOnceWithAllTheChangesItStandsFor() {
        fixture.here(step(idle(ADA, 1)));
        fixture.here(from(AgentStatus.AVAILABLE, resting(ADA, 2, later)));
        CommittedChange back =
                fixture.here(from(AgentStatus.RESTING, idle(ADA, 3))).get(0);

        List<FeedEvent> events = after(0, AVAILABLE, Delivery.CONFLATED).next().events();

        assertThat(events).containsExactly(new FeedEvent.Change(back, 3));
    }

    @Test
    void changesOfPoliciesMoveTheTokenAndAreNotEvents() {
        fixture.feed.committed(List.of(new CommittedChange(1, now, Optional.empty())));
        Subscription subscription = after(0, StateFilter.ALL, Delivery.EVERY_CHANGE);

        List<FeedEvent> events = subscription.next().events();

        assertThat(events).isEmpty();
        assertThat(subscription.token().orElseThrow().revision()).isEqualTo(1);
    }

    private Subscription fromSnapshot(StateFilter filter, Delivery delivery) {
        return Subscription.fromSnapshot(fixture.feed, fixture.store, filter, delivery, now);
    }

    private Subscription after(long revision, StateFilter filter, Delivery delivery) {
        return Subscription.after(fixture.feed.epoch(), revision, fixture.feed, fixture.store, filter, delivery);
    }
}
