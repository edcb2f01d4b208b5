package io.aftercall.rpc;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.BOB;
import static io.aftercall.engine.Samples.idle;
import static io.aftercall.engine.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.AgentStatus;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.feed.Delivery;
import io.aftercall.feed.FeedFixture;
import io.aftercall.feed.StateFilter;
import io.aftercall.feed.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedMessagesTest {

    private static final StateFilter AVAILABLE = StateFilter.ofStatuses(AgentStatus.AVAILABLE);

    private final FeedFixture fixture = new FeedFixture(64).loaded();
    private final List<Integer> conflated = new ArrayList<>();
    private final StreamListener listener = new StreamListener() {
        @Override
        public void conflated(int changes) {
            conflated.add(changes);
        }

        @Override
        public void written(Duration age) {}

        @Override
        public void ended(StreamEnd why) {}
    };
    private final SharedMessages messages = new SharedMessages(agent -> Optional.empty(), event -> event, listener);

    @Test
    void subscribersInTheSamePlaceGetTheSameBytesWhichAreEncodedOnce() throws Exception {
        Subscription first = subscription(StateFilter.ALL, Delivery.CONFLATED);
        Subscription second = subscription(StateFilter.ALL, Delivery.CONFLATED);
        Subscription third = subscription(StateFilter.ALL, Delivery.CONFLATED);
        fixture.here(step(idle(ADA, 1)), step(idle(BOB, 1)), step(idle(ADA, 2)));

        StreamAgentStatesResponse toFirst = messages.next(first).orElseThrow();
        StreamAgentStatesResponse toSecond = messages.next(second).orElseThrow();

        assertThat(StreamAgentStatesResponse.parseFrom(toSecond.toByteString())).isEqualTo(toFirst);
        assertThat(toSecond.getUnknownFields().getSerializedSize()).isEqualTo(toFirst.getSerializedSize());
        assertThat(messages.next(third).orElseThrow()).isSameAs(toSecond);
        assertThat(toFirst.getEventsCount()).isEqualTo(2);
        assertThat(second.token().orElseThrow().encode()).isEqualTo(toFirst.getResumeToken());
        assertThat(second.behind()).isFalse();
    }

    @Test
    void whoCameLaterGetsWhatIsThereByThen() {
        Subscription first = subscription(StateFilter.ALL, Delivery.CONFLATED);
        Subscription second = subscription(StateFilter.ALL, Delivery.CONFLATED);
        fixture.here(step(idle(ADA, 1)));
        messages.next(first);
        fixture.here(step(idle(ADA, 2)));

        StreamAgentStatesResponse toSecond = messages.next(second).orElseThrow();

        assertThat(toSecond.getEventsList()).singleElement().satisfies(event -> assertThat(
                        event.getChange().getCoalescedCount())
                .isEqualTo(2));
        assertThat(messages.next(first).orElseThrow().getEvents(0).getChange().getCoalescedCount())
                .isEqualTo(1);
    }

    @Test
    void whatIsConflatedIsToldForEachSubscriber() {
        Subscription first = subscription(StateFilter.ALL, Delivery.CONFLATED);
        Subscription second = subscription(StateFilter.ALL, Delivery.CONFLATED);
        Subscription each = subscription(StateFilter.ALL, Delivery.EVERY_CHANGE);
        fixture.here(step(idle(ADA, 1)), step(idle(ADA, 2)), step(idle(ADA, 3)));

        messages.next(first);
        messages.next(second);
        messages.next(each);

        assertThat(conflated).containsExactly(2, 2);
    }

    @Test
    void eachKindOfDeliveryHasItsOwn() {
        Subscription latest = subscription(StateFilter.ALL, Delivery.CONFLATED);
        Subscription each = subscription(StateFilter.ALL, Delivery.EVERY_CHANGE);
        fixture.here(step(idle(ADA, 1)), step(idle(ADA, 2)));

        assertThat(messages.next(latest).orElseThrow().getEventsCount()).isEqualTo(1);
        assertThat(messages.next(each).orElseThrow().getEventsCount()).isEqualTo(2);
    }

    @Test
    void whoHasAFilterGetsWhatIsHis() {
        Subscription all = subscription(StateFilter.ALL, Delivery.CONFLATED);
        Subscription some = subscription(AVAILABLE, Delivery.CONFLATED);
        fixture.here(step(idle(ADA, 1)));

        StreamAgentStatesResponse toAll = messages.next(all).orElseThrow();
        StreamAgentStatesResponse toSome = messages.next(some).orElseThrow();

        assertThat(toSome.getEventsList()).isEqualTo(toAll.getEventsList());
        assertThat(toSome.getResumeToken()).isNotEqualTo(toAll.getResumeToken());
    }

    private Subscription subscription(StateFilter filter, Delivery delivery) {
        return Subscription.after(
                fixture.feed.epoch(), fixture.feed.revision(), fixture.feed, fixture.store, filter, delivery);
    }
}
