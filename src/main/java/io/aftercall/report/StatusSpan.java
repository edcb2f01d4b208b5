package io.aftercall.report;

import io.aftercall.agent.AgentStatus;
import java.time.Instant;

/**
 * What an agent was, for a while.
 *
 * @param notReadyReason as declared; null if none was, or with another status
 * @param until later than {@code from}
 */
public record StatusSpan(AgentStatus status, String notReadyReason, Instant from, Instant until) {

    /** Whether the other goes on with it. */
    boolean goesOnIn(StatusSpan next) {
        return until.equals(next.from)
                && status == next.status
                && (notReadyReason == null ? next.notReadyReason == null : notReadyReason.equals(next.notReadyReason));
    }

    StatusSpan with(StatusSpan next) {
        return new StatusSpan(status, notReadyReason, from, next.until);
    }
}
