package io.aftercall.rpc;

import io.aftercall.agent.AgentId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page of agents begins, and the moment that its listing shows: every page shows that of the first.
 *
 * @param epoch the history that the revision counts
 * @param time what was due by then has happened; whole microseconds
 * @param after the last agent of the page before
 */
record ListingPlace(String epoch, long revision, Instant time, AgentId after) {

    private static final Pattern FORM = Pattern.compile("(\\S{1,64}) (\\d{1,18}) (\\d{1,17}) (\\S+)");

    String write() {
        return epoch + ' ' + revision + ' ' + ChronoUnit.MICROS.between(Instant.EPOCH, time) + ' ' + after;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it did not write this
     */
    static ListingPlace read(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("Not a place in a list of agents");
        }
        return new ListingPlace(
                form.group(1),
                Long.parseLong(form.group(2)),
                Instant.EPOCH.plus(Long.parseLong(form.group(3)), ChronoUnit.MICROS),
                new AgentId(form.group(4)));
    }
}
