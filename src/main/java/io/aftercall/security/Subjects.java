package io.aftercall.security;

import io.aftercall.agent.Occasion;

/** The names of callers, which stand in changes, in the audit trail and in logs. */
final class Subjects {

    /** As OpenID Connect Core 1.0, section 2, has it. */
    private static final int MAX_LENGTH = 255;

    private Subjects() {}

    /**
     * Returns the name if it is one.
     *
     * @throws NotAuthenticated if it is too long, has anything but visible ASCII, or is the server's own
     */
    static String require(String name) {
        boolean visible = name.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (name.isEmpty() || name.length() > MAX_LENGTH || !visible || name.equals(Occasion.SERVER)) {
            throw NotAuthenticated.invalid("The subject must be 1 to 255 visible ASCII characters, and not the server");
        }
        return name;
    }
}
