package io.aftercall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Histories under faults drawn from seeds. {@code -Dfaults.seeds=200 -Dfaults.from=1} plays as many as asked for; a seed
 * draws the same commands and faults each time, though they do not meet at the same moments.
 */
class FaultsIT {

    private static final int COMMANDS = 160;
    private static final int MOST_FAULTS = 4;
    private static final List<Long> FIXED = List.of(1L, 2L);

    @Test
    void whateverBefallsTheReplicasEveryPromiseHolds() throws Exception {
        List<String> violations = new ArrayList<>();
        try (Cluster cluster = new Cluster()) {
            cluster.rules(Workload.POLICY);
            for (long seed : seeds()) {
                try (FaultRun playing = new FaultRun(cluster, seed)) {
                    cluster.replicas()
                            .forEach(replica -> playing.with(List.of(replica), MOST_FAULTS, List.of(Fault.values())));
                    Run run = playing.untilCommands(COMMANDS);
                    List<String> found = run.violations();
                    System.out.println(RunReport.of(run, playing.faults(), found));
                    violations.addAll(found.isEmpty() ? notFoundOut(run) : found);
                }
            }
        }
        assertThat(violations).isEmpty();
    }

    /** The checks are checked as well: each must see what is wrong with a run like this one. */
    private static List<String> notFoundOut(Run run) {
        return Arrays.stream(Tampering.values())
                .filter(tampering -> tampering
                        .of(run)
                        .filter(tampered ->
                                tampering.broken.violations(tampered).isEmpty())
                        .isPresent())
                .map(tampering -> "seed " + run.seed() + ": " + tampering + " was not found out")
                .toList();
    }

    private static List<Long> seeds() {
        Integer count = Integer.getInteger("faults.seeds");
        if (count == null) {
            return Stream.concat(FIXED.stream(), Stream.of(1_000L + new Random().nextInt(1_000_000)))
                    .toList();
        }
        long from = Long.getLong("faults.from", 1);
        return LongStream.range(from, from + count).boxed().toList();
    }
}
