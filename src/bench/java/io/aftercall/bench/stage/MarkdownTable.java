package io.aftercall.bench.stage;

import io.aftercall.bench.client.Failures;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Measurements as a table in Markdown. */
public final class MarkdownTable {
    private static final String HEADER =
            """
            | measurement | per second | p50 ms | p99 ms | max ms | more | failures |
            |---|---:|---:|---:|---:|---|---|
            """;

    private MarkdownTable() {}

    /** Returns the table, a row for each measurement. */
    public static String of(Collection<Measurement> measurements) {
        return measurements.stream().map(MarkdownTable::row).collect(Collectors.joining("\n", HEADER, "\n"));
    }

    /** Returns one row. */
    public static String row(Measurement m) {
        return String.format(
                "| %s | %s | %s | %s | %s | %s | %s |",
                m.name(),
                number("%,.0f", m.perSecond()),
                number("%.2f", m.p50()),
                number("%.2f", m.p99()),
                number("%.2f", m.max()),
                m.more().entrySet().stream()
                        .map(figure -> figure.getKey() + ": " + number("%.2f", figure.getValue()))
                        .collect(Collectors.joining("; ")),
                Failures.inWords(m.failures()));
    }

    /** Empty for what was not measured. */
    private static String number(String format, double figure) {
        return Double.isNaN(figure) ? "" : String.format(Locale.ROOT, format, figure);
    }
}
