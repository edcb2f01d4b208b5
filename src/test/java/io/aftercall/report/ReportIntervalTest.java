package io.aftercall.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportIntervalTest {

    /** The lengths in minutes of the pieces from one time to another. */
    private static List<Long> lengths(ReportInterval interval, String zone, String from, String until) {
        List<Long> lengths = new ArrayList<>();
        Instant border = Instant.parse(from);
        while (border.isBefore(Instant.parse(until))) {
            Instant next = interval.next(border, ZoneId.of(zone));
            lengths.add(Duration.between(border, next).toMinutes());
            border = next;
        }
        return lengths;
    }

    @Test
    void aDayIsAsLongAsTheClocksMakeIt() {
        assertThat(lengths(ReportInterval.DAY, "Europe/Madrid", "2026-03-27T23:00:00Z", "2026-03-30T22:00:00Z"))
                .containsExactly(24 * 60L, 23 * 60L, 24 * 60L);
        assertThat(lengths(ReportInterval.DAY, "Europe/Madrid", "2026-10-23T22:00:00Z", "2026-10-26T23:00:00Z"))
                .containsExactly(24 * 60L, 25 * 60L, 24 * 60L);
    }

    @Test
    void theHourThatComesTwiceIsTwoHours() {
        ZoneId madrid = ZoneId.of("Europe/Madrid");

        Instant first = ReportInterval.HOUR.floor(Instant.parse("2026-10-25T00:40:00Z"), madrid);
        Instant second = ReportInterval.HOUR.floor(Instant.parse("2026-10-25T01:40:00Z"), madrid);

        assertThat(first.atZone(madrid)).hasToString("2026-10-25T02:00+02:00[Europe/Madrid]");
        assertThat(second.atZone(madrid)).hasToString("2026-10-25T02:00+01:00[Europe/Madrid]");
    }

    @Test
    void whereClocksMoveByHalfAnHourAPieceEndsAtTheChange() {
        // Lord Howe: from 02:00 +11 back to 01:30 +10:30.
        assertThat(lengths(ReportInterval.HOUR, "Australia/Lord_Howe", "2026-04-04T13:00:00Z", "2026-04-04T16:30:00Z"))
                .containsExactly(60L, 60L, 30L, 60L);
        // On from 02:00 +10:30 to 02:30 +11.
        assertThat(lengths(ReportInterval.HOUR, "Australia/Lord_Howe", "2026-10-03T14:30:00Z", "2026-10-03T17:00:00Z"))
                .containsExactly(60L, 30L, 60L);
    }

    @ParameterizedTest
    @CsvSource({
        "Asia/Kathmandu,   HOUR,         2026-06-01T10:15:00Z",
        "Asia/Kathmandu,   DAY,          2026-06-01T18:15:00Z",
        "Asia/Kolkata,     HOUR,         2026-06-01T10:30:00Z",
        "Pacific/Chatham,  HALF_HOUR,    2026-06-01T10:15:00Z",
        "UTC,              QUARTER_HOUR, 2026-06-01T10:45:00Z",
        // Clocks are put forward at midnight: the day begins at one.
        "America/Santiago, DAY,          2026-09-06T04:00:00Z"
    })
    void bordersAreWhereTheClocksOfTheZoneShowThem(String zone, ReportInterval interval, Instant border) {
        assertThat(interval.floor(border, ZoneId.of(zone))).isEqualTo(border);
        assertThat(interval.floor(border.minusSeconds(1), ZoneId.of(zone))).isBefore(border);
        assertThat(interval.floor(border.plusSeconds(899), ZoneId.of(zone))).isEqualTo(border);
    }
}
