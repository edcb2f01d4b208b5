package io.aftercall.report;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A report in the making: figures are handed in, rows come out. */
public final class AcwReport implements ReportEntry.Ledger {

    private final AcwReportQuery query;
    private final int most;
    private final boolean waiting;
    private final Quarter first;
    private final Quarter end;
    private final Map<Instant, Interval> intervals = new TreeMap<>();
    private final Map<Quarter, Interval> quarters = new HashMap<>();
    private int size;

    /** The rows of an interval. */
    private record Interval(Instant from, Instant until, Map<ReportKey, Tally> rows) {

        Stream<Row> inOrder() {
            return rows.entrySet().stream()
                    .filter(row -> !row.getValue().isEmpty())
                    .sorted(Map.Entry.comparingByKey())
                    .map(row -> new Row(from, until, row.getKey(), row.getValue()));
        }
    }

    /**
     * A row.
     *
     * @param from when its interval begins
     * @param until when that ends
     */
    public record Row(Instant from, Instant until, ReportKey key, Tally tally) {}

    /** It has more rows than anybody can do anything with. */
    public static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge(int most) {
            super("The report has more than " + most + " rows");
        }
    }

    /**
     * @param most rows that it may have
     */
    public AcwReport(AcwReportQuery query, int most) {
        this.query = query;
        this.most = most;
        this.waiting = query.countsWaiting();
        this.first = Quarter.of(query.from());
        this.end = Quarter.of(query.until());
    }

    /**
     * Hands in a row of the query's cube.
     *
     * @param figures as {@link FigureBytes} writes them
     */
    public void add(CubeRows.Row row, byte[] figures) {
        Quarter[] ofHour = {
            Quarter.of(row.hour(), 0), Quarter.of(row.hour(), 1), Quarter.of(row.hour(), 2), Quarter.of(row.hour(), 3)
        };
        FigureBytes.addTo((quarter, key) -> sum(ofHour[quarter], row.cube().whole(row.subjectId(), key)), figures);
    }

    /**
     * @throws TooLarge if that is one row too many
     */
    @Override
    public void add(Quarter quarter, ReportKey key, Tally tally, int sign) {
        Tally sum = sum(quarter, key);
        if (sum != null) {
            sum.add(tally, sign);
        }
    }

    /** Null if it does not belong to the report. */
    private Tally sum(Quarter quarter, ReportKey key) {
        boolean waited = key.channel() == null;
        boolean inside = quarter.compareTo(first) >= 0 && quarter.compareTo(end) < 0;
        if (waited && !waiting || !inside || !query.covers(key)) {
            return null;
        }
        Map<ReportKey, Tally> rows =
                quarters.computeIfAbsent(quarter, this::interval).rows();
        ReportKey group = query.group(key);
        Tally sum = rows.get(group);
        if (sum == null) {
            if (size == most) {
                throw new TooLarge(most);
            }
            size++;
            sum = new Tally();
            rows.put(group, sum);
        }
        return sum;
    }

    private Interval interval(Quarter quarter) {
        boolean whole = query.interval() == ReportInterval.WHOLE;
        Instant begin = whole ? query.from() : query.interval().floor(quarter.start(), query.zone());
        return intervals.computeIfAbsent(
                begin,
                from -> new Interval(
                        from, whole ? query.until() : query.interval().next(from, query.zone()), new HashMap<>()));
    }

    /** Those in which there is anything, in the order of time and then of what is told apart. */
    public Stream<Row> rows() {
        return intervals.values().stream().flatMap(Interval::inOrder);
    }

    /** All rows together. */
    public Tally total() {
        Tally total = new Tally();
        intervals.values().forEach(interval -> interval.rows().values().forEach(tally -> total.add(tally, 1)));
        return total;
    }
}
