package io.aftercall.report;

import static java.util.Objects.requireNonNull;

import io.aftercall.agent.AgentStatus;
import java.time.Instant;

/**
 * What the log says of an agent's status.
 *
 * @param time when it was written down
 * @param since since when he has the status; before {@code time} where a deadline had passed
 * @param before the status before
 * @param status the status afterwards; null if he was removed
 * @param notReadyReason as declared; null if none was
 * @param first whether nothing was known of him before
 */
public record StatusEntry(
        Instant time, Instant since, AgentStatus before, AgentStatus status, String notReadyReason, boolean first) {

    public StatusEntry {
        requireNonNull(time);
        requireNonNull(since);
        requireNonNull(before);
    }

    /** Whether the status is another one, and not only why he is not ready, or that he is known at all. */
    boolean beginsStatus() {
        boolean anotherReason = !first && status == AgentStatus.NOT_READY && before == AgentStatus.NOT_READY;
        return status != null && !anotherReason;
    }
}
