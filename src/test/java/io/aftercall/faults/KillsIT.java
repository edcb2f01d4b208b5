package io.aftercall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Again and again one of two replicas is killed as kill -9 does and started again, while their callers go on: three
 * times, or {@code -Dfaults.kills=10}.
 */
class KillsIT {

    private static final int KILLS = Integer.getInteger("faults.kills", 3);

    @Test
    void nothingIsLostDoubledEarlyOrStuck() throws Exception {
        long seed = Long.getLong("faults.from", 1_000_000L + new Random().nextInt(1_000_000));
        List<String> violations;
        try (Cluster cluster = new Cluster();
                FaultRun playing = new FaultRun(cluster, seed)) {
            cluster.rules(Workload.POLICY);
            Run run = playing.with(cluster.replicas(), KILLS, List.of(Fault.KILLED))
                    .untilFaultsHavePassed();
            violations = run.violations();
            System.out.println(RunReport.of(run, playing.faults(), violations));
            assertThat(playing.faults()).flatExtracting(faults -> faults).hasSize(KILLS);
        }
        assertThat(violations).isEmpty();
    }
}
