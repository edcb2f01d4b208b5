package io.aftercall.security;

import java.time.Instant;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/** Finds out whether a token is good, and what it says (RFC 7519, RFC 8725). */
final class TokenVerifier {

    private final TokenRules rules;
    private final TokenClaims claims;

    TokenVerifier(TokenRules rules) {
        this.rules = rules;
        this.claims = new TokenClaims(rules.claims());
    }

    /** None of the keys fits the token: perhaps there are new ones. */
    static final class UnknownKey extends RuntimeException {

        UnknownKey() {
            super("The token is signed with none of the issuer's keys", null, false, false);
        }
    }

    /**
     * Checks a token against the issuer's keys; keys that it brings itself mean nothing.
     *
     * @throws NotAuthenticated if it is not good
     * @throws UnknownKey if it is signed with a key that is not among these
     */
    VerifiedToken verify(String token, List<JsonWebKey> keys, Instant now) {
        try {
            JwtClaims said = consumer(keys, now).processToClaims(token);
            Instant expires = instant(said.getExpirationTime()).plus(rules.leeway());
            return new VerifiedToken(claims.caller(said), instant(said.getIssuedAt()), expires);
        } catch (InvalidJwtException refused) {
            throw told(refused);
        } catch (MalformedClaimException malformed) {
            throw NotAuthenticated.invalid("The token has a claim of a wrong type");
        }
    }

    private JwtConsumer consumer(List<JsonWebKey> keys, Instant now) {
        AlgorithmConstraints allowed = new AlgorithmConstraints(
                ConstraintType.PERMIT, rules.algorithms().toArray(String[]::new));
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(allowed)
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys))
                .setExpectedIssuer(rules.issuer())
                .setExpectedAudience(rules.audience())
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setRequireSubject()
                .setAllowedClockSkewInSeconds((int) rules.leeway().toSeconds())
                .setEvaluationTime(NumericDate.fromMilliseconds(now.toEpochMilli()))
                .build();
    }

    /** In words of our own: the library's have the token in them. */
    private RuntimeException told(InvalidJwtException refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvableKeyException && allowed(refused)) {
                return new UnknownKey();
            }
        }
        if (refused.hasErrorCode(ErrorCodes.EXPIRED)) {
            return new NotAuthenticated(NotAuthenticated.Reason.EXPIRED, "The token has expired");
        }
        if (refused.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)) {
            return NotAuthenticated.invalid("The token's signature is not the issuer's");
        }
        if (refused.hasErrorCode(ErrorCodes.ISSUER_INVALID) || refused.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
            return NotAuthenticated.invalid("The token is of another issuer");
        }
        if (refused.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || refused.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return NotAuthenticated.invalid("The token is for another audience");
        }
        if (refused.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
            return NotAuthenticated.invalid("The token is not valid yet");
        }
        return NotAuthenticated.invalid(
                "The token is not one that is accepted here: a signed JWT with sub, iat and exp");
    }

    /** Whether the algorithm of the signature is one that is accepted; keys are looked for before that is asked. */
    private boolean allowed(InvalidJwtException refused) {
        return refused.getJwtContext().getJoseObjects().stream()
                .allMatch(signature -> rules.algorithms().contains(signature.getAlgorithmHeaderValue()));
    }

    private static Instant instant(NumericDate date) {
        return Instant.ofEpochMilli(date.getValueInMillis());
    }
}
