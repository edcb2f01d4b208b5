package io.aftercall.wrapup;

import java.util.List;
import java.util.Objects;

/**
 * What an agent writes about an interaction. Personal: it never appears in a log, a metric or a change event, so its
 * text form says nothing.
 *
 * @param dispositionCode classifies the interaction; null if none was chosen
 * @param formValues what the disposition's form asks for, a JSON object of at most {@link #MAX_FORM_VALUES_BYTES};
 *     empty for none
 * @param subject what the customer wanted, one line of at most {@link #MAX_SUBJECT_LENGTH} characters
 * @param notes free text of at most {@link #MAX_NOTES_BYTES} in UTF-8, empty for none
 * @param actionsTaken what was done, at most {@link #MAX_ACTIONS_BYTES} in UTF-8
 * @param actionsRecommended what is to be done, at most {@link #MAX_ACTIONS_BYTES} in UTF-8
 * @param tags at most {@link #MAX_TAGS} different tags
 * @param emailSummary where a summary goes; null for none
 */
public record WrapUp(
        String dispositionCode,
        String formValues,
        String subject,
        String notes,
        String actionsTaken,
        String actionsRecommended,
        List<String> tags,
        EmailSummary emailSummary) {

    /** Says nothing. */
    public static final WrapUp EMPTY = new WrapUp(null, "", "", "", "", "", List.of(), null);

    public static final int MAX_FORM_VALUES_BYTES = 16 * 1024;
    public static final int MAX_SUBJECT_LENGTH = 256;
    public static final int MAX_NOTES_BYTES = 16 * 1024;
    public static final int MAX_ACTIONS_BYTES = 4 * 1024;
    public static final int MAX_TAGS = 50;
    public static final int MAX_TAG_LENGTH = 64;

    public WrapUp {
        Objects.requireNonNull(formValues, "formValues");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(notes, "notes");
        Objects.requireNonNull(actionsTaken, "actionsTaken");
        Objects.requireNonNull(actionsRecommended, "actionsRecommended");
        tags = List.copyOf(tags);
    }

    /** The same with another classification and nothing in its form. */
    public WrapUp classified(String otherCode) {
        return new WrapUp(otherCode, "", subject, notes, actionsTaken, actionsRecommended, tags, emailSummary);
    }

    /** Whether it classifies the interaction as another one does, with the same in the form. */
    public boolean classifiesAs(WrapUp other) {
        return Objects.equals(dispositionCode, other.dispositionCode) && formValues.equals(other.formValues);
    }

    /** Whether it says anything that the customer may be told. Notes are for colleagues. */
    public boolean tellsCustomer() {
        return !(subject.isBlank() && actionsTaken.isBlank() && actionsRecommended.isBlank());
    }

    @Override
    public String toString() {
        return "WrapUp[…]";
    }
}
