package io.aftercall.signin;

/** Nobody has signed in, or stays so. The message has no token in it. */
public final class SignInFailed extends RuntimeException {

    /** Why not. */
    public enum Reason {
        /** The issuer does not answer, or not as it should. */
        UNAVAILABLE,
        /** The issuer takes the code or the refresh token no more. */
        ENDED
    }

    private final Reason reason;

    SignInFailed(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
