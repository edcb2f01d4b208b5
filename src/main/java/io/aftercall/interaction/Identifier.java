package io.aftercall.interaction;

import java.util.Optional;

/** The form that every id of a caller's has: 1 to 128 letters, digits and {@code . _ : @ + - / = ~}. */
public final class Identifier {

    public static final int MAX_LENGTH = 128;
    private static final String PUNCTUATION = "._:@+-/=~";

    private Identifier() {}

    /** Says what is wrong with a text as an id; empty if nothing is. */
    public static Optional<String> violation(String text) {
        if (text == null || text.isEmpty()) {
            return Optional.of("is required");
        }
        if (text.length() > MAX_LENGTH) {
            return Optional.of("has " + text.length() + " characters, at most " + MAX_LENGTH + " are allowed");
        }
        for (int i = 0; i < text.length(); i++) {
            if (!allowed(text.charAt(i))) {
                return Optional.of("may only have letters, digits and " + PUNCTUATION);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the text if it is an id.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static String require(String text) {
        violation(text).ifPresent(what -> {
            throw new IllegalArgumentException("An id " + what);
        });
        return text;
    }

    private static boolean allowed(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || PUNCTUATION.indexOf(c) >= 0;
    }
}
