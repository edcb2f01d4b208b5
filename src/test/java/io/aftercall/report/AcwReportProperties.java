package io.aftercall.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.EndReason;
import io.aftercall.interaction.Channel;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/** Reports from rows that were added up and stored, beside figures that are worked out from the entries at once. */
@PropertyDefaults(tries = 300, edgeCases = EdgeCasesMode.NONE)
class AcwReportProperties {

    private static final Instant START = Instant.parse("2026-10-24T21:00:00Z");
    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");

    @Property
    void whatIsAddedUpIsWhatHappened(
            @ForAll("entries") List<ReportEntry> entries, @ForAll("queries") AcwReportQuery query) {
        AcwReport report = new AcwReport(query, 1_000_000);
        stored(entries).forEach((row, bytes) -> {
            if (row.cube() == query.cube()) {
                report.add(row, bytes);
            }
        });
        AcwReport atOnce = new AcwReport(query, 1_000_000);
        entries.forEach(entry -> entry.post(atOnce));

        Map<Place, Naive> expected = naive(entries, query);

        assertThat(figures(report)).isEqualTo(figures(expected));
        assertThat(figures(atOnce)).isEqualTo(figures(expected));
    }

    /** A portion at a time, as the server does it. */
    private static Map<CubeRows.Row, byte[]> stored(List<ReportEntry> entries) {
        Map<CubeRows.Row, byte[]> stored = new HashMap<>();
        for (int from = 0; from < entries.size(); from += 5) {
            List<ReportEntry> portion = entries.subList(from, Math.min(from + 5, entries.size()));
            Set<CubeRows.Row> touched = CubeRows.touchedBy(portion);
            Map<CubeRows.Row, HourFigures> rows = new HashMap<>();
            touched.stream()
                    .filter(stored::containsKey)
                    .forEach(row -> rows.put(row, FigureBytes.read(stored.get(row))));
            CubeRows sums = new CubeRows(rows);
            portion.forEach(entry -> entry.post(sums));
            assertThat(rows.keySet()).isEqualTo(touched);
            touched.forEach(row -> stored.put(row, FigureBytes.write(rows.get(row))));
        }
        return stored;
    }

    private record Place(Instant from, ReportKey key) {}

    /** The same the slow way: every second of everything by itself. */
    private static final class Naive {
        private long handled;
        private final List<Long> durations = new ArrayList<>();
        private final Map<EndReason, Long> reasons = new EnumMap<>(EndReason.class);
        private long acw;
        private long talkAndHold;
        private long available;
    }

    private static Map<Place, Naive> naive(List<ReportEntry> entries, AcwReportQuery query) {
        Map<Place, Naive> all = new HashMap<>();
        List<DoneInteraction> done = new ArrayList<>();
        for (ReportEntry entry : entries) {
            if (entry instanceof AvailableTime waited && query.countsWaiting()) {
                ReportKey key = new ReportKey(waited.agentId(), waited.teamId(), "", null, "");
                seconds(waited.span())
                        .forEach(second -> at(all, query, second, key).ifPresent(place -> place.available++));
            } else if (entry instanceof DoneInteraction told) {
                if (told.sign() > 0) {
                    done.add(told);
                } else {
                    assertThat(done.remove(told.as(told.key().dispositionCode(), 1)))
                            .isTrue();
                }
            }
        }
        for (DoneInteraction one : done) {
            at(all, query, one.doneTime(), one.key()).ifPresent(place -> {
                place.handled += one.handled() ? 1 : 0;
                one.acw().ifPresent(acw -> {
                    place.durations.add(worked(acw).size() * 1_000_000L);
                    place.reasons.merge(acw.reason(), 1L, Long::sum);
                });
            });
            one.acw().ifPresent(acw -> worked(acw)
                    .forEach(second -> at(all, query, second, one.key()).ifPresent(place -> place.acw++)));
            one.talk().ifPresent(talk -> seconds(talk)
                    .forEach(second -> at(all, query, second, one.key()).ifPresent(place -> place.talkAndHold++)));
        }
        all.values()
                .removeIf(place ->
                        place.handled + place.durations.size() + place.acw + place.talkAndHold + place.available == 0);
        return all;
    }

    private static List<Instant> worked(DoneInteraction.Acw acw) {
        List<Instant> worked = new ArrayList<>(seconds(acw.span()));
        acw.pauses().forEach(pause -> worked.removeAll(seconds(pause)));
        return worked;
    }

    private static List<Instant> seconds(Span span) {
        return LongStream.range(0, Duration.between(span.from(), span.until()).toSeconds())
                .mapToObj(span.from()::plusSeconds)
                .toList();
    }

    private static Optional<Naive> at(Map<Place, Naive> all, AcwReportQuery query, Instant time, ReportKey key) {
        if (time.isBefore(query.from()) || !time.isBefore(query.until()) || !query.covers(key)) {
            return Optional.empty();
        }
        var local = time.atZone(query.zone());
        Instant from =
                switch (query.interval()) {
                    case WHOLE -> query.from();
                    case QUARTER_HOUR ->
                        time.truncatedTo(ChronoUnit.HOURS).plusSeconds(time.getEpochSecond() % 3_600 / 900 * 900);
                    case HALF_HOUR ->
                        time.truncatedTo(ChronoUnit.HOURS).plusSeconds(time.getEpochSecond() % 3_600 / 1_800 * 1_800);
                    case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
                    case DAY -> local.toLocalDate().atStartOfDay(query.zone()).toInstant();
                };
        return Optional.of(all.computeIfAbsent(new Place(from, query.group(key)), any -> new Naive()));
    }

    private static Map<Place, List<Object>> figures(AcwReport report) {
        Map<Place, List<Object>> figures = new HashMap<>();
        report.rows().forEach(row -> {
            Tally tally = row.tally();
            List<Object> reasons = new ArrayList<>();
            for (EndReason reason : EndReason.values()) {
                reasons.add(tally.endedBy(reason));
            }
            figures.put(
                    new Place(row.from(), row.key()),
                    Arrays.asList(
                            tally.handled(),
                            tally.acws(),
                            reasons,
                            tally.acwTime().toSeconds(),
                            tally.talkTime().plus(tally.holdTime()).toSeconds(),
                            tally.availableTime().toSeconds(),
                            tally.acwSum,
                            tally.percentile(50),
                            tally.percentile(90),
                            DurationSteps.of(tally.acwMax)));
        });
        return figures;
    }

    private static Map<Place, List<Object>> figures(Map<Place, Naive> naive) {
        Map<Place, List<Object>> figures = new HashMap<>();
        naive.forEach((place, row) -> {
            List<Object> reasons = new ArrayList<>();
            for (EndReason reason : EndReason.values()) {
                reasons.add(row.reasons.getOrDefault(reason, 0L));
            }
            List<Long> sorted = row.durations.stream().sorted().toList();
            figures.put(
                    place,
                    Arrays.asList(
                            row.handled,
                            (long) sorted.size(),
                            reasons,
                            row.acw,
                            row.talkAndHold,
                            row.available,
                            sorted.stream().mapToLong(Long::longValue).sum(),
                            rank(sorted, 50),
                            rank(sorted, 90),
                            sorted.isEmpty() ? 0 : DurationSteps.of(sorted.get(sorted.size() - 1))));
        });
        return figures;
    }

    private static Optional<Duration> rank(List<Long> sorted, int percent) {
        if (sorted.isEmpty()) {
            return Optional.empty();
        }
        int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
        return Optional.of(Duration.of(DurationSteps.start(DurationSteps.of(sorted.get(rank - 1))), ChronoUnit.MICROS));
    }

    @Provide
    Arbitrary<List<ReportEntry>> entries() {
        return Arbitraries.oneOf(interactions(), waiting())
                .list()
                .ofMinSize(1)
                .ofMaxSize(20)
                .map(stories -> {
                    List<ReportEntry> entries = new ArrayList<>();
                    stories.forEach(entries::addAll);
                    return entries;
                });
    }

    private static Arbitrary<ReportKey> keys() {
        return Combinators.combine(
                        Arbitraries.of("anna", "ben"),
                        Arbitraries.of("", "blue", "red"),
                        Arbitraries.of("", "sales"),
                        Arbitraries.of(Channel.VOICE, Channel.CHAT),
                        Arbitraries.of("", "sold"))
                .as(ReportKey::new);
    }

    /** Told once, or told and then told anew with another disposition. */
    private static Arbitrary<List<ReportEntry>> interactions() {
        return Combinators.combine(
                        keys(),
                        Arbitraries.integers().between(0, 20_000),
                        Arbitraries.integers().between(0, 3_000),
                        Arbitraries.integers().between(0, 2_500),
                        Arbitraries.of(EndReason.values()).injectNull(0.2),
                        Arbitraries.of(true, false))
                .as((key, from, talked, worked, reason, again) -> {
                    Instant answered = START.plusSeconds(from);
                    Instant ended = answered.plusSeconds(talked);
                    Instant done = ended.plusSeconds(reason == null ? 0 : worked);
                    DoneInteraction told = new DoneInteraction(
                            key,
                            1,
                            done,
                            talked > 0,
                            DoneInteraction.talk(answered, ended),
                            talked * 300_000L,
                            Optional.ofNullable(reason)
                                    .map(why -> new DoneInteraction.Acw(
                                            new Span(ended, done),
                                            pauses(ended, worked, again),
                                            why,
                                            worked > 60,
                                            true,
                                            worked > 50)));
                    return again
                            ? List.of(told, told.as(key.dispositionCode(), -1), told.as("changed", 1))
                            : List.of(told);
                });
    }

    /** Its second and its fourth fifth. */
    private static List<Span> pauses(Instant start, int worked, boolean pauses) {
        int fifth = worked / 5;
        return pauses
                ? List.of(
                        new Span(start.plusSeconds(fifth), start.plusSeconds(2L * fifth)),
                        new Span(start.plusSeconds(3L * fifth), start.plusSeconds(4L * fifth)))
                : List.of();
    }

    private static Arbitrary<List<ReportEntry>> waiting() {
        return Combinators.combine(
                        keys(),
                        Arbitraries.integers().between(0, 20_000),
                        Arbitraries.integers().between(1, 9_000))
                .as((key, from, waited) -> List.of(new AvailableTime(
                        key.agentId(),
                        key.teamId(),
                        new Span(START.plusSeconds(from), START.plusSeconds(from + waited)))));
    }

    /** Around the night in which clocks are put back in Madrid. */
    @Provide
    Arbitrary<AcwReportQuery> queries() {
        return Combinators.combine(
                        Arbitraries.of(Dimension.class).set(),
                        Arbitraries.of(Dimension.class).injectNull(0.6),
                        Arbitraries.of(ReportInterval.class),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(1, 8))
                .as((groupBy, filtered, interval, from, hours) -> {
                    Set<Dimension> by = EnumSet.noneOf(Dimension.class);
                    by.addAll(groupBy);
                    Map<Dimension, Set<String>> only = filtered == null
                            ? Map.of()
                            : Map.of(
                                    filtered,
                                    switch (filtered) {
                                        case AGENT -> Set.of("anna");
                                        case TEAM -> Set.of("blue");
                                        case QUEUE -> Set.of("sales");
                                        case DISPOSITION -> Set.of("sold", "changed");
                                        case CHANNEL -> Set.of("CHAT");
                                    });
                    Instant start = interval == ReportInterval.DAY
                            ? START.plus(1, ChronoUnit.HOURS)
                            : START.plus(from, ChronoUnit.HOURS);
                    Instant until = interval == ReportInterval.DAY
                            ? Instant.parse("2026-10-25T23:00:00Z")
                            : start.plus(hours, ChronoUnit.HOURS);
                    return new AcwReportQuery(start, until, MADRID, interval, by, only);
                });
    }
}
