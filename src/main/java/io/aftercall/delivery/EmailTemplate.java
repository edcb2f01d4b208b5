package io.aftercall.delivery;

import java.time.Instant;

/**
 * How a tenant writes to its customers in a language.
 *
 * @param text the plain text
 * @param html what goes beside it; empty for nothing
 * @param replyTo where answers go; empty for the sender
 * @param revision counts how often it was changed, from 1; 0 for the server's own
 * @param updateTime null for the server's own
 */
public record EmailTemplate(
        String language, String subject, String text, String html, String replyTo, int revision, Instant updateTime) {

    public static final int MAX_SUBJECT_LENGTH = 256;
    public static final int MAX_BODY_BYTES = 16 * 1024;

    public String etag() {
        return Integer.toString(revision);
    }
}
