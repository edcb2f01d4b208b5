package io.aftercall.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** Into which pieces a report is cut, by the clocks of its time zone. */
public enum ReportInterval {
    /** One piece. */
    WHOLE,
    QUARTER_HOUR,
    HALF_HOUR,
    HOUR,
    /** From midnight, or where a day has none from its first moment; 23 or 25 hours where clocks are changed. */
    DAY;

    /** The last border that is not later. Of the whole there are no borders but quarters of an hour. */
    public Instant floor(Instant time, ZoneId zone) {
        ZonedDateTime local = time.atZone(zone);
        return switch (this) {
            case WHOLE, QUARTER_HOUR -> floor(local, 15);
            case HALF_HOUR -> floor(local, 30);
            case HOUR -> floor(local, 60);
            case DAY -> local.toLocalDate().atStartOfDay(zone).toInstant();
        };
    }

    /**
     * The minutes of the hour that the clocks show, down to a multiple. Where clocks are changed by less than the hour
     * a piece ends at the change.
     */
    private static Instant floor(ZonedDateTime local, int minutes) {
        ZonedDateTime minute = local.truncatedTo(ChronoUnit.MINUTES);
        Instant floor = minute.minusMinutes(minute.getMinute() % minutes).toInstant();
        var change =
                local.getZone().getRules().previousTransition(local.toInstant().plusNanos(1));
        return change != null && change.getInstant().isAfter(floor) ? change.getInstant() : floor;
    }

    /** The first border that is later. */
    public Instant next(Instant border, ZoneId zone) {
        Instant next = border;
        do {
            next = next.plusSeconds(900);
        } while (floor(next, zone).equals(floor(border, zone)));
        return next;
    }
}
