package io.aftercall.report;

import io.aftercall.interaction.Channel;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A report in the making: figures are handed in, rows come out. */
public final class AcwReport implements ReportEntry.Ledger {

    /** In the order of time, and then of what is told apart. */
    public static final Comparator<Place> ORDER = Comparator.comparing(Place::from)
            .thenComparing(place -> place.key().teamId())
            .thenComparing(place -> place.key().agentId())
            .thenComparing(place -> place.key().queueId())
            .thenComparing(place -> place.key().channel(), Comparator.nullsFirst(Comparator.<Channel>naturalOrder()))
            .thenComparing(place -> place.key().dispositionCode());

    private final AcwReportQuery query;
    private final int most;
    private final boolean waiting;
    private final Map<Quarter, Instant> borders = new HashMap<>();
    private final Map<Instant, Instant> ends = new HashMap<>();
    private final Map<Place, Tally> rows = new HashMap<>();

    /**
     * A row's place.
     *
     * @param from when its interval begins
     */
    public record Place(Instant from, ReportKey key) {}

    /** A row. */
    public record Row(Place place, Tally tally) {}

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
    }

    /**
     * Hands in a row of the query's cube.
     *
     * @param figures as {@link FigureBytes} writes them
     */
    public void add(CubeRows.Row row, byte[] figures) {
        FigureBytes.read(
                figures,
                (quarter, key, tally) ->
                        add(Quarter.of(row.hour(), quarter), row.cube().whole(row.subjectId(), key), tally, 1));
    }

    /**
     * @throws TooLarge if that is one row too many
     */
    @Override
    public void add(Quarter quarter, ReportKey key, Tally tally, int sign) {
        boolean waited = key.channel() == null;
        if (waited && !waiting || !query.covers(key) || !inside(quarter)) {
            return;
        }
        Place place = new Place(borders.computeIfAbsent(quarter, this::border), query.group(key));
        Tally sum = rows.get(place);
        if (sum == null) {
            if (rows.size() == most) {
                throw new TooLarge(most);
            }
            sum = new Tally();
            rows.put(place, sum);
        }
        sum.add(tally, sign);
    }

    private boolean inside(Quarter quarter) {
        Instant start = quarter.start();
        return !start.isBefore(query.from()) && start.isBefore(query.until());
    }

    private Instant border(Quarter quarter) {
        return query.interval() == ReportInterval.WHOLE
                ? query.from()
                : query.interval().floor(quarter.start(), query.zone());
    }

    /** Those in which there is anything, in {@link #ORDER}. */
    public List<Row> rows() {
        return rows.entrySet().stream()
                .filter(row -> !row.getValue().isEmpty())
                .map(row -> new Row(row.getKey(), row.getValue()))
                .sorted(Comparator.comparing(Row::place, ORDER))
                .toList();
    }

    /** All rows together. */
    public Tally total() {
        Tally total = new Tally();
        rows.values().forEach(tally -> total.add(tally, 1));
        return total;
    }

    /** When the interval of a row ends. */
    public Instant until(Place place) {
        return query.interval() == ReportInterval.WHOLE
                ? query.until()
                : ends.computeIfAbsent(place.from(), from -> query.interval().next(from, query.zone()));
    }
}
