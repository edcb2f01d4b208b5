package io.aftercall.feed;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.idle;
import static io.aftercall.engine.Samples.step;
import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FeedTailTest {

    private final FeedFixture fixture = new FeedFixture(8);
    private final FeedTail tail = new FeedTail(
            fixture.feed,
            fixture.store::head,
            fixture.database,
            new FeedTail.Pace(Duration.ofMillis(50), Duration.ofMillis(250)),
            Duration.ofSeconds(2));

    @Test
    void beforeTheFirstAnswerTheFeedIsNotCurrent() {
        boolean current = tail.current();

        assertThat(current).isFalse();
    }

    @Test
    void itsLagIsTheTimeSinceItWasLastCurrent() {
        fixture.clock.tick(Duration.ofSeconds(3));
        assertThat(tail.lag()).isEqualTo(Duration.ofSeconds(3));
        await(tail.poll());
        fixture.clock.tick(Duration.ofSeconds(1));

        assertThat(tail.lag()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aPollBringsWhatWasCommittedElsewhere() {
        fixture.loaded().elsewhere(step(idle(ADA, 1)));

        await(tail.poll());

        assertThat(fixture.feed.agent(ADA)).isPresent();
        assertThat(tail.current()).isTrue();
    }

    @Test
    void whileOthersWriteItLooksOftenAndThenLessAndLessOften() {
        fixture.loaded();
        assertThat(pause()).isEqualTo(250);
        fixture.elsewhere(step(idle(ADA, 1)));
        assertThat(pause()).isEqualTo(50);
        fixture.elsewhere(step(idle(ADA, 2)));
        assertThat(pause()).isEqualTo(50);

        assertThat(List.of(pause(), pause(), pause(), pause())).containsExactly(100, 200, 250, 250);
    }

    @Test
    void whatThisReplicaWroteIsNoReasonToLookOften() {
        fixture.loaded();
        fixture.here(step(idle(ADA, 1)));

        assertThat(pause()).isEqualTo(250);
    }

    @Test
    void anAnswerThatDoesNotComeIsAskedForAgain() {
        fixture.store.failWith(new IllegalStateException("Away"));
        assertThat(tail.due()).isTrue();
        tail.poll();
        assertThat(tail.due()).isFalse();

        fixture.clock.tick(Duration.ofMillis(250));

        assertThat(tail.due()).isTrue();
    }

    /** Polls, and says how many milliseconds later the next is due. */
    private int pause() {
        await(tail.poll());
        int millis = 0;
        while (!tail.due()) {
            fixture.clock.tick(Duration.ofMillis(1));
            millis++;
        }
        return millis;
    }

    @Test
    void theFirstPollOfAnEmptyTenantLoadsTheFeed() {
        await(tail.poll());

        assertThat(fixture.feed.loaded()).isTrue();
        assertThat(tail.current()).isTrue();
    }

    @Test
    void withoutAnswersTheFeedIsCurrentOnlyForAsLongAsPatienceLasts() {
        await(tail.poll());
        fixture.store.failWith(new IllegalStateException("Away"));
        fixture.clock.tick(Duration.ofMillis(1_999));
        assertThat(tail.current()).isTrue();

        fixture.clock.tick(Duration.ofMillis(1));

        assertThat(tail.poll().toCompletableFuture()).isCompletedExceptionally();
        assertThat(tail.current()).isFalse();
    }

    @Test
    void aFeedThatCannotCatchUpIsNotCurrent() {
        fixture.loaded().elsewhere(step(idle(ADA, 1)));
        fixture.store.holdCalls();
        CompletableFuture<Void> poll = tail.poll().toCompletableFuture();

        fixture.store.releaseOne();

        assertThat(poll).isNotDone();
        assertThat(tail.current()).isFalse();
    }

    @Test
    void aPollEndsAlsoIfItsAnswerComesWhileTheFeedReadsWhatWasThereBefore() {
        fixture.loaded();
        fixture.store.holdAnswers();
        fixture.feed.catchUp();
        fixture.elsewhere(step(idle(ADA, 1)));

        CompletableFuture<Void> poll = tail.poll().toCompletableFuture();
        fixture.store.releaseLast();
        fixture.store.release();

        assertThat(poll).isCompleted();
        assertThat(tail.current()).isTrue();
    }
}
