package io.aftercall.delivery;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of an attempt.
 *
 * @param words for whoever looks after the receiver, as {@code HTTP 503}; nothing of what was sent or answered
 * @param retryAfter how long the receiver asked to be left alone
 * @param asked whether the receiver was asked at all; if not, this says nothing of him
 */
public record Receipt(Kind kind, String words, Optional<Duration> retryAfter, boolean asked) {

    /** Of a summary that was not sent, and is if somebody asks for it again. */
    public static final String NOBODY_ASKS = "not sent: nobody asks for it any more";

    /** Of a summary that was not sent, and is if there is something to say later. */
    public static final String NOTHING_TO_SAY = "not sent: there is nothing in it that the customer is told";

    /** Which kind of answer it was. */
    public enum Kind {
        ACCEPTED,
        /** The receiver lives and does not want this. */
        REFUSED,
        /** The receiver does not work: nobody answers, or it fails. */
        FAILED,
        /** The receiver wants nothing at all any more. */
        GONE,
        /** The receiver will never take this. */
        HOPELESS,
        /** Nobody knows whether it was accepted, and it must not be accepted twice. */
        IN_DOUBT
    }

    public Receipt(Kind kind, String words, Optional<Duration> retryAfter) {
        this(kind, words, retryAfter, true);
    }

    public static Receipt of(Kind kind, String words) {
        return new Receipt(kind, words, Optional.empty());
    }

    /** What came of it without asking the receiver. */
    public static Receipt unasked(Kind kind, String words) {
        return new Receipt(kind, words, Optional.empty(), false);
    }
}
