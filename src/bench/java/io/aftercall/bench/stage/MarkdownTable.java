package io.aftercall.bench.stage;

import io.aftercall.bench.client.Failures;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Measurements as a table in Markdown. */
public final class MarkdownTable {
    private static final String HEADER =
            """
            | measurement | per second | p50 ms | p99 ms | max ms | failures |
            |---|---:|---:|---:|---:|---|
            """;

    private MarkdownTable() {}

    /** Returns the table, a row for each measurement. */
    public static String of(Collection<Measurement> measurements) {
        return measurements.stream().map(MarkdownTable::row).collect(Collectors.joining("\n", HEADER, "\n"));
    }

    /** Returns one row. */
    public static String row(Measurement m) {
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %.2f | %.2f | %.2f | %s |",
                m.name(),
                m.perSecond(),
                m.p50(),
                m.p99(),
                m.max(),
                Failures.inWords(m.failures()));
    }
}
