package io.aftercall.followup;

import java.time.Instant;
import java.util.Objects;

/**
 * What was promised. The note is personal: it never appears in a log, a metric or a change event, so the text form says
 * nothing.
 *
 * @param dueTime until when
 * @param note what about, at most {@link #MAX_NOTE_BYTES} in UTF-8; empty for nothing
 * @param customerId to whom; null if unknown
 */
public record FollowUpDetails(FollowUpKind kind, Instant dueTime, Assignee assignee, String note, String customerId) {

    public static final int MAX_NOTE_BYTES = 4 * 1024;

    public FollowUpDetails {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(dueTime, "dueTime");
        Objects.requireNonNull(assignee, "assignee");
        Objects.requireNonNull(note, "note");
    }

    /** The same, and to this customer if none is named. */
    public FollowUpDetails to(String customer) {
        return customerId != null || customer == null
                ? this
                : new FollowUpDetails(kind, dueTime, assignee, note, customer);
    }

    @Override
    public String toString() {
        return "FollowUpDetails[…]";
    }
}
