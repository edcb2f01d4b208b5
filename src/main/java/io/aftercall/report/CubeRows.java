package io.aftercall.report;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Rows of the cubes, to which entries are added. */
public final class CubeRows implements ReportEntry.Ledger {

    private final Map<Row, HourFigures> rows;

    /**
     * Names a row.
     *
     * @param hour of UTC
     * @param subjectId of the cube's subject; empty for none
     */
    public record Row(Cube cube, Instant hour, String subjectId) {}

    /**
     * @param rows as they stand; gets what is missing
     */
    public CubeRows(Map<Row, HourFigures> rows) {
        this.rows = rows;
    }

    /** The rows that entries add to. */
    public static Set<Row> touchedBy(Collection<ReportEntry> entries) {
        Set<Row> touched = new HashSet<>();
        entries.forEach(entry ->
                entry.post((quarter, key, tally, sign) -> each(key, cube -> touched.add(row(cube, quarter, key)))));
        return touched;
    }

    @Override
    public void add(Quarter quarter, ReportKey key, Tally tally, int sign) {
        each(key, cube -> rows.computeIfAbsent(row(cube, quarter, key), any -> new HourFigures())
                .add(new HourFigures.Place(quarter.ofHour(), cube.within(key)), tally, sign));
    }

    private static Row row(Cube cube, Quarter quarter, ReportKey key) {
        return new Row(cube, quarter.hour(), key.get(cube.subject()));
    }

    private static void each(ReportKey key, Consumer<Cube> work) {
        for (Cube cube : Cube.values()) {
            if (cube.takes(key)) {
                work.accept(cube);
            }
        }
    }
}
