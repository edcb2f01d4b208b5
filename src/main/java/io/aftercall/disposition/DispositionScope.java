package io.aftercall.disposition;

/** Who may choose a disposition. */
public enum DispositionScope {
    /** Every agent after every interaction. */
    TENANT,
    /** The agents of a team. */
    TEAM,
    /** Whoever had an interaction of a queue. */
    QUEUE
}
