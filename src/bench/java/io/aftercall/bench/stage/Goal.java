package io.aftercall.bench.stage;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A figure that is to be reached.
 *
 * @param what what it is, with its unit
 * @param figure how it follows from the measurements
 * @param least whether it is to be at least the bound, otherwise at most
 * @param bound the bound
 */
public record Goal(String what, ToDoubleFunction<Measured> figure, boolean least, double bound) {
    private static final String HEADER =
            """
            | work | reached | to reach | |
            |---|---:|---:|---|
            """;

    /** What was measured, by name. */
    public record Measured(Map<String, Measurement> byName) {
        /**
         * Returns a measurement.
         *
         * @throws IllegalArgumentException when there is none of this name
         */
        public Measurement of(String name) {
            Measurement found = byName.get(name);
            if (found == null) {
                throw new IllegalArgumentException("nothing measured is called " + name);
            }
            return found;
        }
    }

    /** A figure that the bound must not exceed. */
    public static Goal atLeast(double bound, String what, ToDoubleFunction<Measured> figure) {
        return new Goal(what, figure, true, bound);
    }

    /** A figure that must not exceed the bound. */
    public static Goal atMost(double bound, String what, ToDoubleFunction<Measured> figure) {
        return new Goal(what, figure, false, bound);
    }

    /** Returns goals and what became of them as a table in Markdown. */
    public static String table(Collection<Goal> goals, Map<String, Measurement> measurements) {
        Measured measured = new Measured(measurements);
        return goals.stream().map(goal -> goal.row(measured)).collect(Collectors.joining("\n", HEADER, "\n"));
    }

    /** Returns whether it is reached; by comparison with nothing it is not. */
    boolean reached(double value) {
        return Double.isFinite(value) && (least ? value >= bound : value <= bound);
    }

    private String row(Measured measured) {
        double value = figure.applyAsDouble(measured);
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %s %s | %s |",
                what,
                value,
                least ? "≥" : "≤",
                bound,
                reached(value) ? "yes" : "**no**");
    }
}
