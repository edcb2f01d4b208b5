package io.aftercall.security;

/** Nobody's token can be checked for now, as the issuer's keys could not be read. */
public final class KeysNotThere extends RuntimeException {

    KeysNotThere() {
        super("The keys that tokens are checked with could not be read yet", null, false, false);
    }
}
