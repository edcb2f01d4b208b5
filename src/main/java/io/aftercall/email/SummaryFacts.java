package io.aftercall.email;

import io.aftercall.interaction.Identifier;
import io.aftercall.wrapup.WrapUp;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What a summary is made of. Notes are not: they are for colleagues.
 *
 * @param customerId null if unknown
 */
public record SummaryFacts(
        WrapUp wrapUp, String agentId, String interactionId, String customerId, LocalDate interactionDate) {

    /** To try a template with. */
    public static final SummaryFacts EXAMPLE = new SummaryFacts(
            new WrapUp(null, "", "Order 4711", "", "We have sent it again.", "You get it on Friday.", List.of(), null),
            "a-17",
            "call-1",
            "c-4711",
            LocalDate.of(2026, 11, 23));

    /** Of which there is as little as there can be. */
    static final SummaryFacts LEAST = with("", "", "", "");

    /** Of which there is as much as there can be, all of it in the character that HTML needs most for. */
    static final SummaryFacts MOST = with(
            // A character may be two of Java's.
            "\"".repeat(WrapUp.MAX_SUBJECT_LENGTH * 2),
            "\"".repeat(WrapUp.MAX_ACTIONS_BYTES),
            "\"".repeat(WrapUp.MAX_ACTIONS_BYTES),
            "x".repeat(Identifier.MAX_LENGTH));

    private static SummaryFacts with(String subject, String taken, String recommended, String customerId) {
        String id = customerId.isEmpty() ? "x" : customerId;
        WrapUp wrapUp = new WrapUp(null, "", subject, "", taken, recommended, List.of(), null);
        return new SummaryFacts(wrapUp, id, id, customerId, EXAMPLE.interactionDate());
    }

    /** By the names that templates have for them. */
    Map<String, Object> named(String language) {
        DateTimeFormatter date =
                DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(Locale.forLanguageTag(language));
        return Map.of(
                "subject", wrapUp.subject(),
                "actions_taken", wrapUp.actionsTaken(),
                "actions_recommended", wrapUp.actionsRecommended(),
                "agent_id", agentId,
                "interaction_id", interactionId,
                "customer_id", Objects.requireNonNullElse(customerId, ""),
                "interaction_date", date.format(interactionDate));
    }
}
