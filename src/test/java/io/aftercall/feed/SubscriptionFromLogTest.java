package io.aftercall.feed;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.idle;
import static io.aftercall.engine.Samples.step;
import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.StateChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Subscribers behind what is in memory, and commands whose changes stay together. */
class SubscriptionFromLogTest {

    private final FeedFixture fixture = new FeedFixture(4).loaded();

    @Test
    void whatIsNoLongerInMemoryIsReadFromTheLogWithoutAGap() {
        commitOneByOne(10);
        Subscription subscription = after(0);
        assertThat(subscription.needsLog()).isTrue();

        List<Long> told = tell(subscription);

        assertThat(told)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 10).mapToObj(Long::valueOf).toList());
        assertThat(fixture.store.calls("changesAfter")).isEqualTo(1);
    }

    @Test
    void whatIsInMemoryIsNotReadFromTheLog() {
        commitOneByOne(10);
        Subscription subscription = after(6);

        List<Long> told = tell(subscription);

        assertThat(told).containsExactly(7L, 8L, 9L, 10L);
        assertThat(fixture.store.calls("changesAfter")).isZero();
    }

    @Test
    void aTokenBeforeTheRetainedLogIsRefusedWithTheOldestRevisionThereIs() {
        commitOneByOne(10);
        fixture.memory.forgetLog(fixture.tenant, 3);

        CompletableFuture<Void> read = after(1).readLog().toCompletableFuture();

        assertThat(refusal(read).reason()).isEqualTo(BadToken.Reason.EXPIRED);
        assertThat(refusal(read).revision()).isEqualTo(4);
    }

    @Test
    void aTokenOfWhichNothingIsRetainedIsRefusedWithTheRevisionToCome() {
        commitOneByOne(10);
        fixture.memory.forgetLog(fixture.tenant, 10);

        CompletableFuture<Void> read = after(1).readLog().toCompletableFuture();

        assertThat(refusal(read).reason()).isEqualTo(BadToken.Reason.EXPIRED);
        assertThat(refusal(read).revision()).isEqualTo(11);
    }

    @Test
    void aGapWithinTheLogIsNotSkippedButRefusedWhereItBegins() {
        commitOneByOne(10);
        fixture.memory.forgetLog(fixture.tenant, 3, 4);
        Subscription subscription = afterInMemory(0);

        List<Long> told = revisions(subscription.next().events());

        assertThat(told).containsExactly(1L, 2L);
        assertThat(subscription.needsLog()).isTrue();
        assertThat(refusal(subscription.readLog().toCompletableFuture()).revision())
                .isEqualTo(5);
    }

    @Test
    void theStepsOfOneCommandStayInOneMessageHoweverManyTheyAre() {
        fixture.here(steps(1, 300));

        List<FeedEvent> message = afterInMemory(0).next().events();

        assertThat(message).hasSize(300);
    }

    @Test
    void commandsAreSplitWhereAMessageIsFull() {
        FeedFixture roomy = new FeedFixture(1_000).loaded();
        IntStream.rangeClosed(1, 150).forEach(version -> {
            roomy.clock.tick(Duration.ofMillis(1));
            roomy.here(step(idle(ADA, version)));
        });
        Subscription subscription = Subscription.after(
                roomy.feed.epoch(), 0, roomy.feed, roomy.store, StateFilter.ALL, Delivery.EVERY_CHANGE);

        List<FeedEvent> message = subscription.next().events();

        assertThat(message).hasSize(128);
        assertThat(subscription.next().events()).hasSize(22);
    }

    @Test
    void theStepsOfOneCommandStayTogetherAlsoWhereAReadOfTheLogEnds() {
        commitOneByOne(511);
        fixture.clock.tick(Duration.ofMillis(1));
        fixture.here(steps(512, 2));
        commitOneByOne(514, 10);

        List<Long> lastOfMessages = lastOfEachMessage(after(0));

        assertThat(lastOfMessages).doesNotContain(512L).contains(523L);
    }

    @Test
    void whatWasReadFromTheLogCanBeForgottenAndReadAgain() {
        commitOneByOne(400);
        Subscription subscription = after(0);
        await(subscription.readLog());
        List<FeedEvent> first = subscription.next().events();

        subscription.release();

        assertThat(subscription.needsLog()).isTrue();
        await(subscription.readLog());
        List<FeedEvent> second = subscription.next().events();
        assertThat(revisions(first)).startsWith(1L).endsWith(128L);
        assertThat(revisions(second)).startsWith(129L).endsWith(256L);
    }

    @Test
    void theStepsOfOneCommandStayTogetherAlsoWhereTheFeedReadsTheLogInPages() {
        FeedFixture roomy = new FeedFixture(4_096).loaded();
        Subscription subscription = Subscription.after(
                roomy.feed.epoch(), 0, roomy.feed, roomy.store, StateFilter.ALL, Delivery.EVERY_CHANGE);
        List<Long> lastOfMessages = new ArrayList<>();
        roomy.feed.listen(changes -> lastOfMessages.addAll(lastOfEachMessage(subscription)));
        IntStream.rangeClosed(1, 999).forEach(version -> {
            roomy.clock.tick(Duration.ofMillis(1));
            roomy.elsewhere(step(idle(ADA, version)));
        });
        roomy.clock.tick(Duration.ofMillis(1));
        roomy.elsewhere(steps(1_000, 2));

        await(roomy.feed.catchUp());

        assertThat(lastOfMessages).doesNotContain(1_000L).endsWith(1_001L);
    }

    @Test
    void theStepsOfOneCommandStayTogetherWhileTheyAreBeingApplied() {
        int last = 60_000;
        FeedFixture roomy = new FeedFixture(last + 1).loaded();
        Subscription subscription = Subscription.after(
                roomy.feed.epoch(), 0, roomy.feed, roomy.store, StateFilter.ALL, Delivery.EVERY_CHANGE);
        CompletableFuture<List<Long>> reader = CompletableFuture.supplyAsync(() -> {
            List<Long> lastOfMessages = new ArrayList<>(List.of(0L));
            while (lastOfMessages.get(lastOfMessages.size() - 1) < last) {
                lastOfMessages.addAll(lastOfEachMessage(subscription));
            }
            return lastOfMessages;
        });

        for (int version = 1; version < last; version += 2) {
            roomy.clock.tick(Duration.ofMillis(1));
            roomy.here(steps(version, 2));
        }

        assertThat(reader.join()).allSatisfy(revision -> assertThat(revision).isEven());
    }

    private static BadToken refusal(CompletableFuture<Void> read) {
        return (BadToken) read.handle((done, failure) -> failure.getCause()).join();
    }

    private static StateChange[] steps(int firstVersion, int count) {
        return IntStream.range(firstVersion, firstVersion + count)
                .mapToObj(version -> step(idle(ADA, version)))
                .toArray(StateChange[]::new);
    }

    private void commitOneByOne(int count) {
        commitOneByOne(1, count);
    }

    private void commitOneByOne(int firstVersion, int count) {
        IntStream.range(firstVersion, firstVersion + count).forEach(version -> {
            fixture.clock.tick(Duration.ofMillis(1));
            fixture.here(step(idle(ADA, version)));
        });
    }

    private Subscription after(long revision) {
        return Subscription.after(
                fixture.feed.epoch(), revision, fixture.feed, fixture.store, StateFilter.ALL, Delivery.EVERY_CHANGE);
    }

    private Subscription afterInMemory(long revision) {
        Subscription subscription = after(revision);
        await(subscription.readLog());
        return subscription;
    }

    private static List<Long> tell(Subscription subscription) {
        List<Long> told = new ArrayList<>();
        while (subscription.behind()) {
            told.addAll(revisions(message(subscription)));
        }
        return told;
    }

    private static List<Long> lastOfEachMessage(Subscription subscription) {
        List<Long> last = new ArrayList<>();
        while (subscription.behind()) {
            List<Long> revisions = revisions(message(subscription));
            if (!revisions.isEmpty()) {
                last.add(revisions.get(revisions.size() - 1));
            }
        }
        return last;
    }

    private static List<FeedEvent> message(Subscription subscription) {
        if (subscription.needsLog()) {
            await(subscription.readLog());
        }
        return subscription.next().events();
    }

    private static List<Long> revisions(List<FeedEvent> events) {
        return events.stream()
                .map(event -> ((FeedEvent.Change) event).change().revision())
                .toList();
    }
}
