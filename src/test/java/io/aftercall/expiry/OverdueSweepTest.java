package io.aftercall.expiry;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.BOB;
import static io.aftercall.engine.StoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.engine.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OverdueSweepTest {

    private final ExpiryFixture fixture = new ExpiryFixture();
    private final OverdueSweep sweep = new OverdueSweep(fixture.store, any -> Optional.of(fixture.lane));
    private final Instant start = fixture.database.instant();

    @Test
    void whatIsOverdueIsEndedWithoutAnyTimer() {
        fixture.rest(start.minusSeconds(1), 1, ADA);
        fixture.rest(start.plusSeconds(1), 1, BOB);

        int found = await(sweep.run());

        assertThat(found).isEqualTo(1);
        assertThat(fixture.ended()).containsExactly(ADA);
    }

    @Test
    void timersAreGivenTheirTime() {
        fixture.rest(start, 1, ADA);
        fixture.database.tick(Duration.ofMillis(200));

        int found = await(sweep.run());

        assertThat(found).isZero();
        fixture.database.tick(Duration.ofMillis(1));
        assertThat(await(sweep.run())).isEqualTo(1);
    }

    @Test
    void whatWasEndedIsNotFoundAgain() {
        fixture.rest(start.minusSeconds(1), 1, ADA);
        await(sweep.run());

        int found = await(sweep.run());

        assertThat(found).isZero();
        assertThat(fixture.ended()).containsExactly(ADA);
    }

    @Test
    void threeThousandAreEndedOnceInAFewRuns() {
        fixture.rest(start.minusSeconds(1), 1, ExpiryFixture.many(3_000));

        int found = await(sweep.run()) + await(sweep.run()) + await(sweep.run());

        assertThat(found).isEqualTo(3_000);
        assertThat(fixture.ended()).hasSize(3_000).doesNotHaveDuplicates();
    }

    @Test
    void aSweepAndTimersTogetherEndEachOnce() {
        fixture.start();
        fixture.rest(start.plusSeconds(1), 1, ExpiryFixture.many(50));
        fixture.database.tick(Duration.ofSeconds(2));
        await(sweep.run());

        fixture.alarm.tick(Duration.ofSeconds(2));

        assertThat(fixture.ended()).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void aDatabaseThatIsAwayFailsTheRunAndTheNextWorks() {
        fixture.rest(start.minusSeconds(1), 1, ADA);
        fixture.store.failWith(new StoreUnavailable(new IllegalStateException("Away")));
        assertThat(sweep.run().toCompletableFuture()).isCompletedExceptionally();
        fixture.store.failWith(null);

        int found = await(sweep.run());

        assertThat(found).isEqualTo(1);
    }
}
