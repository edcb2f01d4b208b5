package io.aftercall.feed;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.BOB;
import static io.aftercall.engine.Samples.idle;
import static io.aftercall.engine.Samples.step;
import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.AgentStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What subscribers in the same place may be given together. */
class SharedStretchTest {

    private static final StateFilter AVAILABLE = StateFilter.ofStatuses(AgentStatus.AVAILABLE);

    private final FeedFixture fixture = new FeedFixture(8).loaded();

    @Test
    void whoWantsAllInTheSamePlaceGetsTheSame() {
        Subscription first = after(0, StateFilter.ALL, Delivery.CONFLATED);
        Subscription second = after(0, StateFilter.ALL, Delivery.CONFLATED);
        fixture.here(step(idle(ADA, 1)), step(idle(BOB, 1)));

        assertThat(second.stretch()).isPresent().isEqualTo(first.stretch());
        assertThat(second.next()).isEqualTo(first.next());
    }

    @Test
    void whoSkipsWhatAnotherFoundIsWhereTheOtherIs() {
        Subscription first = after(0, StateFilter.ALL, Delivery.CONFLATED);
        Subscription second = after(0, StateFilter.ALL, Delivery.CONFLATED);
        fixture.here(step(idle(ADA, 1)), step(idle(BOB, 1)));

        second.skip(first.next());

        assertThat(second.token()).isEqualTo(first.token());
        assertThat(second.behind()).isFalse();
    }

    @Test
    void eachChangeAndTheLatestOfEachAgentAreNotTheSame() {
        assertThat(after(0, StateFilter.ALL, Delivery.CONFLATED).stretch())
                .isNotEqualTo(after(0, StateFilter.ALL, Delivery.EVERY_CHANGE).stretch());
    }

    @Test
    void anotherPlaceOrALaterMomentIsNotTheSame() {
        fixture.here(step(idle(ADA, 1)), step(idle(BOB, 1)));
        Subscription subscription = after(0, StateFilter.ALL, Delivery.CONFLATED);
        var before = subscription.stretch();

        assertThat(after(1, StateFilter.ALL, Delivery.CONFLATED).stretch()).isNotEqualTo(before);
        fixture.here(step(idle(ADA, 2)));
        assertThat(subscription.stretch()).isNotEqualTo(before);
    }

    @Test
    void aFilterIsForOneSubscriberAlone() {
        assertThat(after(0, AVAILABLE, Delivery.CONFLATED).stretch()).isEmpty();
    }

    @Test
    void aSnapshotAndAReadOfTheLogAreForOneSubscriberAlone() {
        fixture.here(step(idle(ADA, 1)));
        Subscription begins = Subscription.fromSnapshot(
                fixture.feed, fixture.store, StateFilter.ALL, Delivery.CONFLATED, fixture.clock.instant());
        Subscription reads = after(0, StateFilter.ALL, Delivery.CONFLATED);
        List.of(1, 2, 3, 4, 5, 6, 7, 8, 9).forEach(version -> fixture.here(step(idle(BOB, version))));
        await(reads.readLog());

        assertThat(begins.stretch()).isEmpty();
        assertThat(reads.stretch()).isEmpty();
    }

    private Subscription after(long revision, StateFilter filter, Delivery delivery) {
        return Subscription.after(fixture.feed.epoch(), revision, fixture.feed, fixture.store, filter, delivery);
    }
}
