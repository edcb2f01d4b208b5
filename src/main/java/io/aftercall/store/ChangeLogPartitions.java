package io.aftercall.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The partitions of {@code change_log}, but for the default one, at a moment of the database's clock. They follow each
 * other without a hole.
 */
record ChangeLogPartitions(Instant now, List<ChangeLogPartition> all) {

    /** More than a few make every look into the log dearer; what comes later is taken by the default partition. */
    static final int DAYS_AHEAD = 3;

    /** Those that are to be added. The first goes from the last that there is until the end of today, if need be. */
    List<ChangeLogPartition> missing() {
        List<ChangeLogPartition> missing = new ArrayList<>();
        Instant tomorrow = today().plus(1, ChronoUnit.DAYS);
        Instant until = tomorrow.plus(DAYS_AHEAD, ChronoUnit.DAYS);
        for (Instant start = end(); start.isBefore(until); ) {
            Instant nextDay = start.plus(1, ChronoUnit.DAYS);
            Instant end = nextDay.isBefore(tomorrow) ? tomorrow : nextDay;
            missing.add(ChangeLogPartition.of(start, end));
            start = end;
        }
        return missing;
    }

    /** Whether what is written now goes to the default partition. */
    boolean ranOut() {
        return !now.isBefore(end());
    }

    /** Those in which every change is older. */
    List<ChangeLogPartition> olderThan(Duration age) {
        Instant before = now.minus(age);
        return all.stream()
                .filter(partition -> !partition.end().isAfter(before))
                .toList();
    }

    private Instant end() {
        return all.stream().map(ChangeLogPartition::end).max(Instant::compareTo).orElse(today());
    }

    private Instant today() {
        return now.truncatedTo(ChronoUnit.DAYS);
    }
}
