package io.aftercall.security;

import java.util.concurrent.CompletionStage;

/** Where the issuer publishes the keys that tokens are checked with: a JWK set (RFC 7517). */
@FunctionalInterface
public interface KeySource {

    /** Reads the set as it is now. */
    CompletionStage<String> read();
}
