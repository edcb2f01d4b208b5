package io.aftercall.feed;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.idle;
import static io.aftercall.engine.Samples.step;
import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadBarrierTest {

    private final FeedFixture fixture = new FeedFixture(8).loaded();
    private final ReadBarrier barrier = new ReadBarrier(fixture.feed, fixture.store, fixture.database);

    @Test
    void aThousandReadsShareTwoQuestions() {
        fixture.store.holdCalls();

        List<CompletableFuture<Instant>> reads = reads(1_000);
        fixture.store.release();

        assertThat(reads).allSatisfy(read -> assertThat(read).isCompleted());
        assertThat(fixture.store.calls("head")).isEqualTo(2);
    }

    @Test
    void aReadSeesWhatWasCommittedElsewhereBeforeIt() {
        fixture.elsewhere(step(idle(ADA, 1)));

        await(barrier.pass());

        assertThat(fixture.feed.agent(ADA)).isPresent();
    }

    @Test
    void aReadDoesNotShareAQuestionThatWasAskedBeforeIt() {
        fixture.store.holdAnswers();
        CompletableFuture<Instant> early = barrier.pass().toCompletableFuture();
        fixture.elsewhere(step(idle(ADA, 1)));
        CompletableFuture<Instant> late = barrier.pass().toCompletableFuture();

        fixture.store.releaseOne();

        assertThat(early).isCompleted();
        assertThat(late).isNotDone();
        fixture.store.release();
        assertThat(late).isCompleted();
        assertThat(fixture.feed.agent(ADA)).isPresent();
    }

    @Test
    void aReadWaitsUntilTheProjectionHasWhatTheDatabaseHas() {
        fixture.elsewhere(step(idle(ADA, 1)));
        fixture.store.holdCalls();
        CompletableFuture<Instant> read = barrier.pass().toCompletableFuture();

        fixture.store.releaseOne();

        assertThat(fixture.store.held()).isEqualTo(1);
        assertThat(read).isNotDone();
        fixture.store.release();
        assertThat(read).isCompleted();
    }

    @Test
    void aReadIsToldTheDatabasesTime() {
        Instant now = await(barrier.pass());

        assertThat(now).isEqualTo(fixture.clock.instant());
    }

    @Test
    void aFailureReachesAllWhoWaitForThatAnswerAndTheNextWorks() {
        fixture.store.holdCalls();
        CompletableFuture<Instant> asked = barrier.pass().toCompletableFuture();
        List<CompletableFuture<Instant>> waiting = reads(3);
        fixture.store.failOne(new IllegalStateException("Away"));
        assertThat(asked).isCompletedExceptionally();
        assertThat(waiting).noneMatch(CompletableFuture::isDone);

        fixture.store.failOne(new IllegalStateException("Still away"));

        assertThat(waiting).allMatch(CompletableFuture::isCompletedExceptionally);
        fixture.store.release();
        assertThat(barrier.pass().toCompletableFuture()).isCompleted();
    }

    @Test
    void aProjectionThatCannotCatchUpFailsTheReadAndTheNextWorks() {
        fixture.elsewhere(step(idle(ADA, 1)));
        fixture.store.holdCalls();
        CompletableFuture<Instant> read = barrier.pass().toCompletableFuture();
        fixture.store.releaseOne();
        fixture.store.failOne(new IllegalStateException("Away"));
        fixture.store.release();

        CompletableFuture<Instant> next = barrier.pass().toCompletableFuture();

        assertThat(read).isCompletedExceptionally();
        assertThat(next).isCompleted();
        assertThat(fixture.feed.agent(ADA)).isPresent();
    }

    private List<CompletableFuture<Instant>> reads(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> barrier.pass().toCompletableFuture())
                .toList();
    }
}
