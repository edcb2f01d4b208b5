package io.aftercall.email;

/**
 * A summary as a customer gets it. Personal, so its text form says nothing.
 *
 * @param html empty for plain text only
 * @param replyTo empty for the sender
 */
public record SummaryEmail(String subject, String text, String html, String replyTo) {

    @Override
    public String toString() {
        return "SummaryEmail[…]";
    }
}
