package io.aftercall.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeLogPartitionsTest {

    private static final ChangeLogPartition FIRST = partition("2026-03-01", "2026-03-03");
    private static final ChangeLogPartition THIRD = partition("2026-03-03", "2026-03-04");

    @Test
    void whenTodayIsThereTheNextDaysAreAddedOneByOne() {
        List<ChangeLogPartition> missing = at("2026-03-03T23:59:59.999999Z").missing();

        assertThat(missing)
                .containsExactly(
                        partition("2026-03-04", "2026-03-05"),
                        partition("2026-03-05", "2026-03-06"),
                        partition("2026-03-06", "2026-03-07"));
    }

    @Test
    void whenAllAreThereNoneIsAdded() {
        List<ChangeLogPartition> missing = at("2026-02-28T12:00:00Z").missing();

        assertThat(missing).isEmpty();
    }

    @Test
    void afterDaysWithoutAServerOneGoesFromTheLastUntilTheEndOfToday() {
        List<ChangeLogPartition> missing = at("2026-03-20T12:00:00Z").missing();

        assertThat(missing)
                .containsExactly(
                        partition("2026-03-04", "2026-03-21"),
                        partition("2026-03-21", "2026-03-22"),
                        partition("2026-03-22", "2026-03-23"),
                        partition("2026-03-23", "2026-03-24"));
    }

    @Test
    void theyHaveRunOutFromTheEndOfTheLast() {
        assertThat(at("2026-03-03T23:59:59.999999Z").ranOut()).isFalse();
        assertThat(at("2026-03-04T00:00:00Z").ranOut()).isTrue();
    }

    @Test
    void onlyThoseAreOldOfWhichTheYoungestChangeWouldBe() {
        Duration week = Duration.ofDays(7);

        assertThat(at("2026-03-09T23:59:59.999999Z").olderThan(week)).isEmpty();
        assertThat(at("2026-03-10T00:00:00Z").olderThan(week)).containsExactly(FIRST);
        assertThat(at("2026-03-11T00:00:00Z").olderThan(week)).containsExactly(THIRD, FIRST);
    }

    @Test
    void oneIsCalledAfterItsFirstDayAndTheLogsBoundsAreInUtc() {
        assertThat(THIRD.name()).isEqualTo("change_log_20260303");
        assertThat(THIRD.attach()).endsWith("FOR VALUES FROM ('2026-03-03T00:00:00Z') TO ('2026-03-04T00:00:00Z')");
    }

    private static ChangeLogPartitions at(String now) {
        return new ChangeLogPartitions(Instant.parse(now), List.of(THIRD, FIRST));
    }

    private static ChangeLogPartition partition(String start, String end) {
        return ChangeLogPartition.of(Instant.parse(start + "T00:00:00Z"), Instant.parse(end + "T00:00:00Z"));
    }
}
