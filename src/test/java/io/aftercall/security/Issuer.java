package io.aftercall.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** An issuer of tokens with keys of its own, as an identity provider is one. */
public final class Issuer {

    public static final String NAME = "https://issuer.example";
    public static final String AUDIENCE = "aftercall";

    private final List<RsaJsonWebKey> keys = new ArrayList<>();

    public Issuer() {
        rotate();
    }

    /** Signs with another key from now on; those before are still published. */
    public void rotate() {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId("key-" + java.util.UUID.randomUUID());
            keys.add(key);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Publishes only the key that it signs with. */
    public void withdrawOldKeys() {
        keys.subList(0, keys.size() - 1).clear();
    }

    public RsaJsonWebKey key() {
        return keys.get(keys.size() - 1);
    }

    /** The public keys, as a JWK set. */
    public String published() {
        return new JsonWebKeySet(List.<JsonWebKey>copyOf(keys)).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    /** Publishes in a file, at once. */
    public void publishTo(Path file) {
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.writeString(draft, published());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a good token of a subject says, for an hour; to be changed where a test wants a bad one. */
    public static JwtClaims claims(String tenant, String subject, Instant now, String... roles) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(NAME);
        claims.setAudience(AUDIENCE);
        claims.setSubject(subject);
        claims.setIssuedAt(NumericDate.fromMilliseconds(now.toEpochMilli()));
        claims.setExpirationTime(
                NumericDate.fromMilliseconds(now.plusSeconds(3_600).toEpochMilli()));
        claims.setStringListClaim("roles", roles);
        if (tenant != null) {
            claims.setStringClaim("tenant", tenant);
        }
        return claims;
    }

    /** A token of a subject with these roles, good for an hour. */
    public String token(String tenant, String subject, String... roles) {
        return sign(claims(tenant, subject, Instant.now(), roles));
    }

    /** A token that says more. */
    public String token(String tenant, String subject, Map<String, ?> more, String... roles) {
        JwtClaims claims = claims(tenant, subject, Instant.now(), roles);
        more.forEach(claims::setClaim);
        return sign(claims);
    }

    public String sign(JwtClaims claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key().getPrivateKey());
        signature.setKeyIdHeaderValue(key().getKeyId());
        signature.setAlgorithmHeaderValue("RS256");
        return serialized(signature);
    }

    public static String serialized(JsonWebSignature signature) {
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
