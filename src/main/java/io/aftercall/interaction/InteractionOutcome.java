package io.aftercall.interaction;

/** How an interaction ended for one agent. */
public enum InteractionOutcome {
    ANSWERED,
    MISSED,
    REJECTED,
    FAILED_OUTBOUND,
    TRANSFERRED,
    CONFERENCE_LEFT
}
