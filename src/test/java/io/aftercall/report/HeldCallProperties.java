package io.aftercall.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.interaction.Channel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** How a call's talk and hold are divided between quarters. */
class HeldCallProperties {

    private static final Instant START = Instant.parse("2026-10-24T21:00:00Z");
    private static final long WEEK = 7L * 86_400_000_000L;

    /** Stamps in microseconds, and a call as long as figures count it. */
    @Property
    void everyPartHasAsMuchAsPassesInIt(
            @ForAll @LongRange(max = 900_000_000) long from,
            @ForAll @LongRange(min = 1, max = WEEK) long micros,
            @ForAll @LongRange(max = WEEK) long hold) {
        Map<Quarter, Long> passes = new HashMap<>();
        Span span = span(from, micros);
        span.split((quarter, passed, here) -> passes.put(quarter, here));
        Map<Quarter, Tally> parts = new HashMap<>();

        post(call(span, hold), parts);

        assertThat(parts).allSatisfy((quarter, part) -> {
            assertThat(part.talkTime).isNotNegative();
            assertThat(part.holdTime).isNotNegative();
            assertThat(part.talkTime + part.holdTime).isEqualTo(passes.getOrDefault(quarter, 0L));
        });
        assertThat(parts.values().stream().mapToLong(part -> part.holdTime).sum())
                .isEqualTo(Math.min(hold, micros));
    }

    /** Stamps in milliseconds, as routers have them. */
    @Property
    void aCallThatWasHeldForItsWholeLengthHasNoTalk(
            @ForAll @LongRange(max = 900_000) long from, @ForAll @LongRange(min = 1, max = 4_000_000) long millis) {
        Map<Quarter, Tally> parts = new HashMap<>();

        post(call(span(from * 1_000, millis * 1_000), millis * 1_000), parts);

        assertThat(parts.values()).allSatisfy(part -> assertThat(part.talkTime).isZero());
    }

    @Example
    void aCallOfWhichHalfAMicrosecondIsLostToRoundingIsStoredAsItWas() {
        DoneInteraction held = call(span(878_149_000, 1_014_051_000), 1_014_051_000);
        Map<CubeRows.Row, HourFigures> rows = new HashMap<>();

        held.post(new CubeRows(rows));

        assertThat(rows.values())
                .allSatisfy(figures -> assertThat(FigureBytes.write(FigureBytes.read(FigureBytes.write(figures))))
                        .isEqualTo(FigureBytes.write(figures)));
    }

    private static void post(DoneInteraction call, Map<Quarter, Tally> parts) {
        call.post((quarter, key, tally, sign) ->
                parts.computeIfAbsent(quarter, any -> new Tally()).add(tally, sign));
    }

    private static Span span(long from, long micros) {
        Instant begin = START.plus(from, ChronoUnit.MICROS);
        return new Span(begin, begin.plus(micros, ChronoUnit.MICROS));
    }

    private static DoneInteraction call(Span talk, long hold) {
        ReportKey key = new ReportKey("anna", "blue", "sales", Channel.VOICE, "sold");
        return new DoneInteraction(key, 1, talk.until(), true, Optional.of(talk), hold, Optional.empty());
    }
}
