package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercall.engine.CallerGone;
import io.aftercall.engine.TenantId;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReportTurnsTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId OTHER = new TenantId("other");

    private final List<Runnable> timers = new ArrayList<>();
    private final List<String> begun = new ArrayList<>();
    private final ReportTurns turns =
            new ReportTurns(new ReportTurns.Limits(3, 2, Duration.ofSeconds(5)), (after, work) -> timers.add(work));

    /** A report that is made until its future is completed. */
    private final class Report {
        private final CompletableFuture<String> made = new CompletableFuture<>();
        private final CompletableFuture<String> answer;
        private boolean abandoned;

        Report(TenantId tenant, String name) {
            answer = turns.during(tenant, () -> abandoned, () -> {
                        begun.add(name);
                        return made;
                    })
                    .toCompletableFuture();
        }
    }

    @Test
    void aTenantHasSoManyAtOnceAndTheNextWaits() {
        Report first = new Report(ACME, "first");
        new Report(ACME, "second");
        new Report(ACME, "third");
        assertThat(begun).containsExactly("first", "second");

        first.made.complete("done");

        assertThat(first.answer).isCompletedWithValue("done");
        assertThat(begun).containsExactly("first", "second", "third");
    }

    @Test
    void whoHasHisShareHoldsUpNobodyElse() {
        new Report(ACME, "first");
        new Report(ACME, "second");
        new Report(ACME, "third");

        new Report(OTHER, "other");

        assertThat(begun).containsExactly("first", "second", "other");
    }

    @Test
    void aReplicaHasSoManyAtOnce() {
        new Report(ACME, "first");
        Report second = new Report(ACME, "second");
        new Report(OTHER, "other");
        new Report(OTHER, "another");
        assertThat(begun).doesNotContain("another");

        second.made.completeExceptionally(new IllegalStateException("failed"));

        assertThat(begun).contains("another");
    }

    @Test
    void whoseTurnDoesNotComeInTimeIsTurnedAway() {
        Report first = new Report(ACME, "first");
        new Report(ACME, "second");
        Report third = new Report(ACME, "third");

        timers.forEach(Runnable::run);
        first.made.complete("done");

        assertThat(begun).containsExactly("first", "second");
        assertThatThrownBy(third.answer::join).hasCauseInstanceOf(ReportTurns.Busy.class);
        GrpcError told = GrpcError.of(() -> {
            throw GrpcErrors.of(new ReportTurns.Busy());
        });
        assertThat(told.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(told.retry()).isPresent();
    }

    @Test
    void whoWaitedAndHadHisTurnIsNotTurnedAwayAfterwards() {
        Report first = new Report(ACME, "first");
        new Report(ACME, "second");
        Report third = new Report(ACME, "third");
        first.made.complete("done");

        timers.forEach(Runnable::run);

        assertThat(third.answer).isNotDone();
    }

    @Test
    void whoHasGoneMeanwhileGivesHisTurnToTheNext() {
        Report first = new Report(ACME, "first");
        new Report(ACME, "second");
        Report gone = new Report(ACME, "gone");
        new Report(ACME, "next");
        gone.abandoned = true;

        first.made.complete("done");

        assertThatThrownBy(gone.answer::join).hasCauseInstanceOf(CallerGone.class);
        assertThat(begun).containsExactly("first", "second", "next");
    }

    @Test
    void aReportThatFailsAtOnceTakesNoTurnWithIt() {
        for (int many = 0; many < 10; many++) {
            turns.during(ACME, () -> false, () -> {
                throw new IllegalStateException("at once");
            });
        }

        new Report(ACME, "next");

        assertThat(begun).containsExactly("next");
    }
}
