package io.aftercall.signin;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * That somebody has gone to the issuer to sign in.
 *
 * @param state what the issuer sends back with him; 256 bits
 * @param verifier proves that it was he who went (PKCE, RFC 7636); 256 bits
 * @param returnTo where he wanted to be
 * @param handOver for a frame, which cannot see the cookies of the window that he signs in by: the hash of what it will
 *     claim the session with
 */
public record Attempt(String state, String verifier, String returnTo, Optional<String> handOver) {

    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    static Attempt begin(SecureRandom random, String returnTo, Optional<String> handOver) {
        return new Attempt(secret(random), secret(random), returnTo, handOver);
    }

    private static String secret(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return TEXT.encodeToString(bytes);
    }

    /** The hash that a secret is announced by ({@code S256} of RFC 7636). */
    static String challenge(String secret) {
        try {
            return TEXT.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is there on every Java", e);
        }
    }

    JsonObject json() {
        JsonObject json =
                new JsonObject().put("state", state).put("verifier", verifier).put("return", returnTo);
        handOver.ifPresent(hash -> json.put("hand_over", hash));
        return json;
    }

    static Attempt of(JsonObject json) {
        return new Attempt(
                json.getString("state"),
                json.getString("verifier"),
                json.getString("return"),
                Optional.ofNullable(json.getString("hand_over")));
    }

    @Override
    public String toString() {
        return "Attempt[" + returnTo + "]";
    }
}
