package io.aftercall.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What the server promises holds on every schedule. To replay one that failed: {@code mvn test -Dtest=SimulationTest
 * -Daftercall.simulation.seed=…}; to try others: {@code -Daftercall.simulation.first=…} and {@code
 * -Daftercall.simulation.schedules=…}.
 */
class SimulationTest {

    private static final int SCHEDULES = Integer.getInteger("aftercall.simulation.schedules", 1_000);
    private static final long FIRST = Long.getLong("aftercall.simulation.first", 1);
    private static final Long SEED = Long.getLong("aftercall.simulation.seed");

    @Test
    void everyPromiseHoldsOnEverySchedule() {
        LongStream seeds = SEED != null ? LongStream.of(SEED) : LongStream.range(FIRST, FIRST + SCHEDULES);

        seeds.parallel().forEach(seed -> {
            Map<Promise, String> broken = new Schedule(seed, Defect.NONE).run();
            assertThat(broken).as("seed %d", seed).isEmpty();
        });
    }

    @Test
    void aSeedIsAlwaysTheSameSchedule() {
        Schedule first = new Schedule(7, Defect.NONE);
        Schedule second = new Schedule(7, Defect.NONE);

        first.run();
        second.run();

        assertThat(second.world().fingerprint()).isEqualTo(first.world().fingerprint());
        assertThat(second.revisions()).isEqualTo(first.revisions()).isPositive();
    }
}
