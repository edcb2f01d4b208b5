package io.aftercall.rpc;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.idle;
import static io.aftercall.engine.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.engine.DatabaseClock;
import io.aftercall.engine.SettableClock;
import io.aftercall.feed.Delivery;
import io.aftercall.feed.FeedFixture;
import io.aftercall.feed.StateFilter;
import io.aftercall.feed.Subscription;
import io.grpc.stub.ServerCallStreamObserver;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentStateStreamTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final FeedFixture fixture = new FeedFixture(64).loaded();
    private final EventLoop eventLoop = new DefaultEventLoop();
    private final Call call = new Call();
    private final AgentStateStream stream = new AgentStateStream(
            call,
            eventLoop,
            new DatabaseClock(new SettableClock()),
            new SharedMessages(agent -> Optional.empty(), event -> event, StreamListener.NONE));

    @AfterEach
    void stop() {
        eventLoop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Test
    void whatWaitsForItsTurnGoesBeforeTheGoodbye() {
        Subscription subscription = Subscription.after(
                fixture.feed.epoch(),
                fixture.feed.revision(),
                fixture.feed,
                fixture.store,
                StateFilter.ALL,
                Delivery.EVERY_CHANGE);
        stream.start(subscription, LONG, LONG, () -> {}, why -> {});
        fixture.here(step(idle(ADA, 1)));

        stream.goAway(Duration.ofSeconds(1), StreamEnd.DRAINED);

        assertThat(call.messages).hasSize(2);
        assertThat(call.messages.get(0).getEvents(0).hasChange()).isTrue();
        assertThat(call.messages.get(1).getEvents(0).hasGoingAway()).isTrue();
        assertThat(call.messages.get(1).getResumeToken())
                .isEqualTo(call.messages.get(0).getResumeToken());
        assertThat(call.completed).isTrue();
    }

    @Test
    void whyItEndedIsToldOnce() {
        List<StreamEnd> told = new ArrayList<>();
        Subscription subscription = Subscription.after(
                fixture.feed.epoch(),
                fixture.feed.revision(),
                fixture.feed,
                fixture.store,
                StateFilter.ALL,
                Delivery.EVERY_CHANGE);
        stream.start(subscription, LONG, LONG, () -> {}, told::add);

        stream.goAway(Duration.ofSeconds(1), StreamEnd.DRAINED);
        stream.cancelled();

        assertThat(told).containsExactly(StreamEnd.DRAINED);
    }

    /** A subscriber who reads at once. */
    private static final class Call extends ServerCallStreamObserver<StreamAgentStatesResponse> {

        private final List<StreamAgentStatesResponse> messages = new ArrayList<>();
        private boolean completed;

        @Override
        public void onNext(StreamAgentStatesResponse message) {
            messages.add(message);
        }

        @Override
        public void onCompleted() {
            completed = true;
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {}

        @Override
        public void setOnReadyHandler(Runnable handler) {}

        @Override
        public void setCompression(String compression) {}

        @Override
        public void setMessageCompression(boolean enable) {}

        @Override
        public void disableAutoInboundFlowControl() {}

        @Override
        public void request(int count) {}
    }
}
