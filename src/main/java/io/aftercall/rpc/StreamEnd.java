package io.aftercall.rpc;

import io.aftercall.feed.BadToken;

/** Why a stream ended that had been opened. */
public enum StreamEnd {
    /** The client cancelled, or its connection is gone. */
    CLIENT_GONE,
    /** The subscriber did not read for too long. */
    TOO_SLOW,
    /** It was as old as streams may become; the subscriber comes back. */
    TOO_OLD,
    /** The server stops; the subscriber goes to another. */
    DRAINED,
    /** The caller may not have it any more. */
    NOT_PERMITTED,
    /** What comes next is no longer kept, or the database has lost it. */
    HISTORY_GONE,
    /** Something else went wrong: the database is away, or there is a fault. */
    FAILED;

    static StreamEnd of(Throwable failure) {
        Throwable cause = failure.getCause() instanceof BadToken ? failure.getCause() : failure;
        return cause instanceof BadToken ? HISTORY_GONE : FAILED;
    }
}
