package io.aftercall.signin;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.keys.AesKey;
import org.jose4j.lang.JoseException;

/**
 * What browsers keep for the server, so that every replica finds it and nobody else can read or change it: a JWE
 * (RFC 7516) with AES-256-GCM. What was sealed for one purpose is nothing for another.
 */
final class Seal {

    private static final String UNTIL = "until";

    private static final AlgorithmConstraints DIRECT =
            new AlgorithmConstraints(ConstraintType.PERMIT, KeyManagementAlgorithmIdentifiers.DIRECT);

    private static final AlgorithmConstraints AES_GCM =
            new AlgorithmConstraints(ConstraintType.PERMIT, ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);

    private final List<AesKey> keys;
    private final InstantSource clock;

    /**
     * @param keys of 256 bits each; the first one seals, any opens
     */
    Seal(List<byte[]> keys, InstantSource clock) {
        this.keys = keys.stream().map(AesKey::new).toList();
        this.clock = clock;
    }

    String seal(String purpose, JsonObject content, Instant until) {
        JsonWebEncryption sealed = ready(keys.get(0));
        sealed.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.DIRECT);
        sealed.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
        sealed.setHeader("typ", purpose);
        sealed.setPayload(content.copy().put(UNTIL, until.getEpochSecond()).encode());
        try {
            return sealed.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("AES-256-GCM is there on every Java", e);
        }
    }

    /** What was sealed; empty if that was not done here, not for this purpose, or too long ago. */
    Optional<JsonObject> open(String purpose, String sealed) {
        return keys.stream()
                .flatMap(key -> opened(key, purpose, sealed))
                .findFirst()
                .filter(content -> clock.instant().getEpochSecond() < content.getLong(UNTIL));
    }

    private static Stream<JsonObject> opened(AesKey key, String purpose, String sealed) {
        JsonWebEncryption opening = ready(key);
        try {
            opening.setCompactSerialization(sealed);
            String payload = opening.getPayload();
            return purpose.equals(opening.getHeader("typ")) ? Stream.of(new JsonObject(payload)) : Stream.empty();
        } catch (JoseException | DecodeException notOurs) {
            return Stream.empty();
        }
    }

    private static JsonWebEncryption ready(AesKey key) {
        JsonWebEncryption empty = new JsonWebEncryption();
        empty.setAlgorithmConstraints(DIRECT);
        empty.setContentEncryptionAlgorithmConstraints(AES_GCM);
        empty.setKey(key);
        return empty;
    }
}
