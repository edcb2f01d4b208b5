package io.aftercall.engine;

import static io.aftercall.engine.LaneFixture.available;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.AgentId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CommandLaneFailuresTest {

    private final LaneFixture fixture = new LaneFixture(new CommandLane.Limits(100, 50));

    @Test
    void aPoisonedBatchHurtsOnlyThePoisonedCommand() {
        fixture.store.poison(new AgentId("poison"));
        fixture.store.holdCalls();
        fixture.submit(available("under-way"));
        CompletableFuture<Reply> before = fixture.submit(available("ada"));
        CompletableFuture<Reply> poisoned = fixture.submit(available("poison"));
        CompletableFuture<Reply> behind = fixture.submit(available("bob"));

        fixture.store.release();

        assertThat(failure(poisoned)).isInstanceOf(IllegalStateException.class);
        assertThat(before).isCompletedWithValueMatching(Reply.Accepted.class::isInstance);
        assertThat(behind).isCompletedWithValueMatching(Reply.Accepted.class::isInstance);
    }

    @Test
    void aStoreThatIsAwayFailsAllOfTheBatchAtOnceAndTheLaneGoesOn() {
        fixture.store.holdCalls();
        fixture.submit(available("under-way"));
        CompletableFuture<Reply> first = fixture.submit(available("ada"));
        CompletableFuture<Reply> second = fixture.submit(available("bob"));
        fixture.store.releaseOne();

        fixture.store.failOne(new StoreUnavailable(new IllegalStateException("Gone")));

        assertThat(failure(first)).isInstanceOf(StoreUnavailable.class);
        assertThat(failure(second)).isInstanceOf(StoreUnavailable.class);
        assertThat(fixture.store.transactions()).hasSize(2);
        fixture.store.release();
        assertThat(fixture.submit(available("carl"))).isCompletedWithValueMatching(Reply.Accepted.class::isInstance);
    }

    @Test
    void aListenerThatThrowsDoesNotBlockTheLane() {
        fixture.listener = changes -> {
            throw new IllegalStateException("Deaf");
        };
        fixture.submit(available("ada"));
        fixture.listener = fixture.heard::addAll;

        CompletableFuture<Reply> reply = fixture.submit(available("bob"));

        assertThat(reply).isCompletedWithValueMatching(Reply.Accepted.class::isInstance);
    }

    @Test
    void whatWasCommittedIsNotReportedAsFailedBecauseAListenerThrew() {
        fixture.listener = changes -> {
            throw new IllegalStateException("Deaf");
        };

        CompletableFuture<Reply> reply = fixture.submit(available("ada"));

        assertThat(reply).isCompletedWithValueMatching(Reply.Accepted.class::isInstance);
    }

    @Test
    void aCallerWhoseAbandonedQuestionThrowsDoesNotBlockTheLane() {
        Submission broken = new Submission(available("ada"), Actor.named("router"), Optional.empty(), () -> {
            throw new IllegalStateException("Broken");
        });
        try {
            fixture.submit(broken);
        } catch (IllegalStateException onTheLanesThread) {
            // It is the same thread here.
        }

        CompletableFuture<Reply> reply = fixture.submit(available("bob"));

        assertThat(reply).isCompletedWithValueMatching(Reply.Accepted.class::isInstance);
    }

    private static Throwable failure(CompletableFuture<Reply> reply) {
        assertThat(reply).isCompletedExceptionally();
        return reply.handle((done, failure) -> failure).join();
    }
}
