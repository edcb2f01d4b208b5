package io.aftercall.bench.stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs stages in turns, so that what disturbs the machine for a while disturbs all of them alike. */
public final class Rounds {
    private Rounds() {}

    /**
     * Runs all stages once to warm up and then in so many rounds. What each finds is told at once on the standard
     * error.
     *
     * @param rounds at least 1
     * @param duration how long to measure each stage in each round
     * @return the median of each measurement, by its name
     */
    public static Map<String, Measurement> medians(List<Stage> stages, int rounds, Duration duration)
            throws InterruptedException {
        runAll(stages, duration, "warm-up");
        Map<String, List<Measurement>> byName = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (Measurement measurement : runAll(stages, duration, "round " + round)) {
                byName.computeIfAbsent(measurement.name(), name -> new ArrayList<>())
                        .add(measurement);
            }
        }
        Map<String, Measurement> medians = new LinkedHashMap<>();
        byName.forEach((name, measurements) -> medians.put(name, Measurement.median(measurements)));
        return medians;
    }

    private static List<Measurement> runAll(List<Stage> stages, Duration duration, String round)
            throws InterruptedException {
        List<Measurement> found = new ArrayList<>();
        for (Stage stage : stages) {
            for (Measurement measurement : stage.run(duration)) {
                System.err.println(round + " " + MarkdownTable.row(measurement));
                found.add(measurement);
            }
        }
        return found;
    }
}
