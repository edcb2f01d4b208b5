package io.aftercall.wrapup;

import java.util.List;
import java.util.Objects;

/**
 * What an agent writes about an interaction. Personal: it never appears in a log, a metric or a change event, so its
 * text form says nothing.
 *
 * @param dispositionCode classifies the interaction; null if none was chosen
 * @param formValues what the disposition's form asks for, a JSON object; empty for none
 * @param notes free text of at most {@link #MAX_NOTES_BYTES} in UTF-8, empty for none
 * @param tags at most {@link #MAX_TAGS} different tags
 */
public record WrapUp(String dispositionCode, String formValues, String notes, List<String> tags) {

    public static final int MAX_FORM_VALUES_BYTES = 16 * 1024;

    public static final int MAX_NOTES_BYTES = 16 * 1024;
    public static final int MAX_TAGS = 50;
    public static final int MAX_TAG_LENGTH = 64;

    public WrapUp {
        Objects.requireNonNull(formValues, "formValues");
        Objects.requireNonNull(notes, "notes");
        tags = List.copyOf(tags);
    }

    /** A wrap-up that says nothing but how the interaction is classified. */
    public static WrapUp classified(String dispositionCode) {
        return new WrapUp(dispositionCode, "", "", List.of());
    }

    /** Whether it classifies the interaction as another one does, with the same in the form. */
    public boolean classifiesAs(WrapUp other) {
        return Objects.equals(dispositionCode, other.dispositionCode) && formValues.equals(other.formValues);
    }

    @Override
    public String toString() {
        return "WrapUp[…]";
    }
}
