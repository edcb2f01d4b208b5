package io.aftercall.security;

import java.security.cert.X509Certificate;
import java.time.Instant;

/** What a caller shows of himself. */
public sealed interface Credentials {

    /** Nothing. */
    record None() implements Credentials {}

    Credentials NONE = new None();

    /** What the header {@code Authorization} shows (RFC 6750); a token that is empty where it shows something else. */
    static Credentials ofHeader(String authorization) {
        String scheme = "bearer ";
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length())
                ? new BearerToken(authorization.substring(scheme.length()).trim())
                : new BearerToken("");
    }

    /** An OIDC access token, as it came. */
    record BearerToken(String token) implements Credentials {

        @Override
        public String toString() {
            return "BearerToken[…]";
        }
    }

    /**
     * The access token of one who has signed in with a browser.
     *
     * @param begun when he signed in; what is taken back after that is taken back, also if the token is younger
     */
    record SessionToken(String token, Instant begun) implements Credentials {

        @Override
        public String toString() {
            return "SessionToken[…]";
        }
    }

    /** A client's certificate, which the transport has found to be of an authority that is trusted. */
    record ClientCertificate(X509Certificate certificate) implements Credentials {}
}
