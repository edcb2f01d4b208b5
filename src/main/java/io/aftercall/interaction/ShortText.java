package io.aftercall.interaction;

import java.util.Optional;

/** The form that a caller's short texts have, such as reasons: 1 to 128 characters, none of them a control character. */
public final class ShortText {

    public static final int MAX_LENGTH = 128;

    private ShortText() {}

    /** Says what is wrong with a text as a short text; empty if nothing is. */
    public static Optional<String> violation(String text) {
        boolean valid = !text.isBlank()
                && text.codePointCount(0, text.length()) <= MAX_LENGTH
                && text.chars().noneMatch(Character::isISOControl);
        return valid
                ? Optional.empty()
                : Optional.of("must have 1 to " + MAX_LENGTH + " characters and no control character");
    }
}
