package io.aftercall.security;

/** Who is calling is not known. The message is for the caller, and has nothing of what he sent. */
public final class NotAuthenticated extends RuntimeException {

    /** What is wrong with the credentials. */
    public enum Reason {
        /** There are none. */
        MISSING,
        /** They are not good here, and never will be. */
        INVALID,
        /** They were good. */
        EXPIRED
    }

    private final Reason reason;

    public NotAuthenticated(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static NotAuthenticated invalid(String message) {
        return new NotAuthenticated(Reason.INVALID, message);
    }
}
