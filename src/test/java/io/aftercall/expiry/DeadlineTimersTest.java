package io.aftercall.expiry;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.AgentId;
import io.aftercall.engine.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeadlineTimersTest {

    private static final Duration A_MICROSECOND = Duration.ofNanos(1_000);

    private final ExpiryFixture fixture = new ExpiryFixture();
    private final Instant start = fixture.database.instant();

    @Test
    void aDeadlineRingsWhenItIsThereAndNeverBefore() {
        fixture.start();
        fixture.rest(start.plusSeconds(10), 1, ADA);

        fixture.tick(Duration.ofSeconds(10).minus(A_MICROSECOND));

        assertThat(fixture.ended()).isEmpty();
        fixture.tick(A_MICROSECOND);
        assertThat(fixture.ended()).containsExactly(ADA);
    }

    @Test
    void itRingsAgainIfTheDatabasesClockIsBehind() {
        fixture.start();
        fixture.rest(start.plusSeconds(10), 1, ADA);
        fixture.alarm.tick(Duration.ofMillis(3));

        fixture.tick(Duration.ofSeconds(10).minusMillis(1));

        assertThat(fixture.ended()).isEmpty();
        fixture.tick(Duration.ofMillis(2));
        assertThat(fixture.ended()).containsExactly(ADA);
    }

    @Test
    void anAlarmThatWasSetByAWrongClockIsSetAgain() {
        fixture.database.tick(Duration.ofHours(1));
        fixture.start();
        fixture.rest(start.plus(Duration.ofHours(1)).plusSeconds(10), 1, ADA);
        fixture.clock.observe(fixture.local.instant(), fixture.database.instant());

        fixture.tick(Duration.ofSeconds(10));

        assertThat(fixture.ended()).containsExactly(ADA);
    }

    @Test
    void aLaterReplicaWaitsForTheEarlierOnes() {
        fixture.others.beat(new UUID(7, 7), Duration.ZERO);
        fixture.replicas.beat();
        List<AgentId> agents = List.of(ADA, BOB, new AgentId("carl"), new AgentId("dora"), new AgentId("eve"));
        List<AgentId> mine = agents.stream()
                .filter(agent -> fixture.replicas.patience(agent).isZero())
                .toList();
        assertThat(mine).isNotEmpty().hasSizeLessThan(agents.size());
        fixture.start();
        fixture.rest(start.plusSeconds(10), 1, agents);

        fixture.tick(Duration.ofSeconds(10));

        assertThat(fixture.ended()).containsExactlyInAnyOrderElementsOf(mine);
        fixture.tick(Duration.ofMillis(299));
        assertThat(fixture.ended()).hasSameSizeAs(mine);
        fixture.tick(Duration.ofMillis(1));
        assertThat(fixture.ended()).containsExactlyInAnyOrderElementsOf(agents);
    }

    @Test
    void aDeadlineThatMovedBackRingsOnlyWhereItIsNow() {
        fixture.start();
        fixture.rest(start.plusSeconds(10), 1, ADA);
        fixture.rest(start.plusSeconds(30), 2, ADA);

        fixture.tick(Duration.ofSeconds(20));

        assertThat(fixture.ended()).isEmpty();
        assertThat(fixture.store.transactions()).isEmpty();
        fixture.tick(Duration.ofSeconds(10));
        assertThat(fixture.ended()).containsExactly(ADA);
    }

    @Test
    void aDeadlineThatMovedForwardRingsEarlier() {
        fixture.start();
        fixture.rest(start.plusSeconds(30), 1, ADA);
        fixture.rest(start.plusSeconds(10), 2, ADA);

        fixture.tick(Duration.ofSeconds(10));

        assertThat(fixture.ended()).containsExactly(ADA);
    }

    @Test
    void eachDeadlineRingsInItsTurn() {
        fixture.start();
        fixture.rest(start.plusSeconds(20), 1, BOB);
        fixture.rest(start.plusSeconds(10), 1, ADA);

        fixture.tick(Duration.ofSeconds(15));

        assertThat(fixture.ended()).containsExactly(ADA);
        fixture.tick(Duration.ofSeconds(15));
        assertThat(fixture.ended()).containsExactly(ADA, BOB);
    }

    @Test
    void whatFailedIsTriedAgain() {
        fixture.start();
        fixture.rest(start.plusSeconds(10), 1, ADA);
        fixture.store.failWith(new StoreUnavailable(new IllegalStateException("Away")));
        fixture.tick(Duration.ofSeconds(12));

        fixture.store.failWith(null);
        fixture.tick(Duration.ofMillis(250));

        assertThat(fixture.ended()).containsExactly(ADA);
    }

    @Test
    void aDatabaseThatIsAwayIsNotAskedAllTheTime() {
        fixture.start();
        fixture.rest(start.plusSeconds(10), 1, ADA);
        fixture.store.failWith(new StoreUnavailable(new IllegalStateException("Away")));

        fixture.tick(Duration.ofSeconds(20));

        assertThat(fixture.store.transactions()).hasSizeBetween(10, 45);
    }

    @Test
    void aRestartArmsEverythingThatIsOverdue() {
        fixture.rest(start.minusSeconds(60), 1, ADA);
        fixture.rest(start.plusSeconds(10), 1, BOB);

        fixture.start();
        fixture.tick(Duration.ZERO);

        assertThat(fixture.ended()).containsExactly(ADA);
        fixture.tick(Duration.ofSeconds(10));
        assertThat(fixture.ended()).containsExactly(ADA, BOB);
    }

    @Test
    void threeThousandDueAtOnceAreAllEndedOnce() {
        fixture.start();
        fixture.rest(start.plusSeconds(10), 1, ExpiryFixture.many(3_000));

        fixture.tick(Duration.ofSeconds(11));

        assertThat(fixture.ended()).hasSize(3_000).doesNotHaveDuplicates();
    }

    @Test
    void alarmsDoNotPileUpHoweverOftenAnEarlierDeadlineComes() {
        fixture.start();
        fixture.rest(start.plusSeconds(3_600), 1, BOB);

        IntStream.rangeClosed(1, 200).forEach(round -> {
            fixture.rest(fixture.database.instant().plusSeconds(5), 2 * round - 1, ADA);
            fixture.tick(Duration.ofSeconds(6));
        });

        assertThat(fixture.ended()).hasSize(200);
        assertThat(fixture.alarm.set()).isLessThan(10);
    }
}
