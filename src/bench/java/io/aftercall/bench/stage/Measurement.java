package io.aftercall.bench.stage;

import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Percentiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What one run of a stage found.
 *
 * @param name what was measured
 * @param perSecond how many a second
 * @param p50 half took no longer, in milliseconds
 * @param p99 99 of 100 took no longer, in milliseconds
 * @param max the longest, in milliseconds
 * @param more what else was found, by name and unit, for instance {@code server CPU, % of a core}
 * @param failures whatever went wrong, by name
 */
public record Measurement(
        String name,
        double perSecond,
        double p50,
        double p99,
        double max,
        Map<String, Double> more,
        Map<String, Long> failures) {

    /**
     * Sums up one run.
     *
     * @param nanos how long it took, in nanoseconds
     */
    static Measurement of(String name, Percentiles times, long nanos, Failures failures) {
        return new Measurement(
                name, times.count() * 1e9 / nanos, times.p50(), times.p99(), times.max(), Map.of(), failures.counts());
    }

    /** Returns this as found under special conditions. */
    Measurement where(String conditions) {
        return new Measurement(name + ", " + conditions, perSecond, p50, p99, max, more, failures);
    }

    /** Returns figures that are none of calls a second and their times. */
    static Measurement ofFigures(String name, Failures failures) {
        double none = Double.NaN;
        return new Measurement(name, none, none, none, none, Map.of(), failures.counts());
    }

    /** Returns this with one more figure. */
    Measurement with(String figure, double value) {
        Map<String, Double> all = new LinkedHashMap<>(more);
        all.put(figure, value);
        return new Measurement(name, perSecond, p50, p99, max, all, failures);
    }

    /** Returns the median of some rounds of the same; the longest and the failures are those of all rounds. */
    public static Measurement median(List<Measurement> rounds) {
        Map<String, Long> failures = new TreeMap<>();
        rounds.forEach(round -> round.failures.forEach((name, count) -> failures.merge(name, count, Long::sum)));
        Map<String, Double> more = new LinkedHashMap<>();
        rounds.get(0)
                .more
                .keySet()
                .forEach(figure -> more.put(figure, median(rounds, round -> round.more.get(figure))));
        return new Measurement(
                rounds.get(0).name,
                median(rounds, Measurement::perSecond),
                median(rounds, Measurement::p50),
                median(rounds, Measurement::p99),
                rounds.stream().mapToDouble(Measurement::max).max().orElse(0),
                more,
                failures);
    }

    private static double median(List<Measurement> rounds, ToDoubleFunction<Measurement> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
