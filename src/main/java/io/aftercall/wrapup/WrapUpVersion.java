package io.aftercall.wrapup;

import java.time.Instant;

/**
 * Which of the states of a wrap-up it is.
 *
 * @param revision counts how often it was written, from 1
 * @param status how far it is
 * @param writeTime when it was written
 * @param writtenBy who wrote it; the server if it chose the disposition at a time-out
 * @param editableUntil until when it may be edited; null for as long as the work is not over
 */
public record WrapUpVersion(
        int revision, WrapUpStatus status, Instant writeTime, String writtenBy, Instant editableUntil) {

    /** The etag of what has not been written yet. */
    public static final String UNWRITTEN = "0";

    /** The same with another status. */
    public WrapUpVersion as(WrapUpStatus other, Instant otherEditableUntil) {
        return new WrapUpVersion(revision, other, writeTime, writtenBy, otherEditableUntil);
    }

    public String etag() {
        return Integer.toString(revision);
    }
}
