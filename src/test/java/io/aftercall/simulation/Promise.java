package io.aftercall.simulation;

/** What the server promises, whatever its replicas, its clocks and the network do. */
enum Promise {
    /** What a caller was told is in the log, as he was told it. */
    ACKNOWLEDGED_IS_COMMITTED,
    /** A request is carried out once, however often it is sent and wherever to. */
    APPLIED_ONCE,
    /** Revisions are dense in the order of commits, and so are the versions of each agent. */
    DENSE_REVISIONS,
    /** Each ACW ends once, with one reason. */
    ENDS_ONCE,
    /** No ACW times out before its deadline by the database's clock. */
    NEVER_EARLY,
    /** With all replicas or one alone, what is due is done within the longest wait of the timers. */
    NEVER_LATE,
    /** A read sees all that anybody was told before it began. */
    LINEARIZABLE_READS,
    /** Memory is what the log says at the same revision, and in the end what the database has. */
    MEMORY_IS_THE_LOG,
    /** A subscriber to every change sees the log from his start, without gap or repetition, across all his streams. */
    EVERY_CHANGE_SEEN,
    /** A conflated subscriber has at each token the state that the log has there. */
    STATE_SEEN,
    /** No message shows a part of a command. */
    COMMANDS_WHOLE,
    /** A refused command leaves nothing. */
    REFUSED_CHANGES_NOTHING,
    /** Once faults stop, every call is answered and everything becomes quiet. */
    NOBODY_WAITS_FOR_EVER
}
