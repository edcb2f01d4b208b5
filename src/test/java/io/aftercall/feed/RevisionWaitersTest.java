package io.aftercall.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RevisionWaitersTest {

    private final RevisionWaiters waiters = new RevisionWaiters();

    @Test
    void aRevisionCompletesThoseWhoWaitForItOrAnEarlierOne() {
        CompletableFuture<Void> earlier = waiters.await(3);
        CompletableFuture<Void> same = waiters.await(5);
        CompletableFuture<Void> alike = waiters.await(5);
        CompletableFuture<Void> later = waiters.await(6);

        waiters.reached(5);

        assertThat(earlier).isCompleted();
        assertThat(same).isCompleted();
        assertThat(alike).isCompleted();
        assertThat(later).isNotDone();
        assertThat(waiters.latestOr(0)).isEqualTo(6);
    }

    @Test
    void whileNobodyWaitsThereIsNoLatest() {
        waiters.await(5);

        waiters.reached(9);

        assertThat(waiters.latestOr(7)).isEqualTo(7);
    }

    @Test
    void whoWaitsForALaterRevisionThanThereWillBeIsContentWithThatOne() {
        CompletableFuture<Void> lost = waiters.await(9);
        CompletableFuture<Void> same = waiters.await(4);
        CompletableFuture<Void> earlier = waiters.await(2);

        waiters.lowerTo(4);

        assertThat(waiters.latestOr(0)).isEqualTo(4);
        assertThat(lost).isNotDone();
        waiters.reached(2);
        assertThat(earlier).isCompleted();
        assertThat(same).isNotDone();
        waiters.reached(4);
        assertThat(same).isCompleted();
        assertThat(lost).isCompleted();
    }

    @Test
    void ifNobodyWaitsForALaterOneNobodyWaitsForThis() {
        waiters.lowerTo(4);

        assertThat(waiters.latestOr(0)).isZero();
    }

    @Test
    void whoIsCompletedMayWaitAgainAtOnce() {
        CompletableFuture<Void> again = waiters.await(1).thenCompose(reached -> waiters.await(2));

        waiters.reached(1);
        waiters.reached(2);

        assertThat(again).isCompleted();
    }
}
