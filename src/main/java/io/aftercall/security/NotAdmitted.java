package io.aftercall.security;

/** Who is calling is known, and his tenant is not served. */
public final class NotAdmitted extends RuntimeException {

    NotAdmitted(boolean suspended) {
        super(suspended ? "The tenant is suspended" : "The tenant is not one of this installation", null, false, false);
    }
}
