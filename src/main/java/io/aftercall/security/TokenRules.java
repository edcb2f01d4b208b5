package io.aftercall.security;

import java.time.Duration;
import java.util.Set;

/**
 * What a token must be and say.
 *
 * @param issuer the only {@code iss}
 * @param audience what {@code aud} must contain
 * @param algorithms of signatures, by their JWS names; none that is not named is accepted
 * @param leeway how far the issuer's clock may be off
 * @param claims where the token says what
 */
public record TokenRules(String issuer, String audience, Set<String> algorithms, Duration leeway, Claims claims) {

    /**
     * Names of claims; {@code a/b} is the field {@code b} of the claim {@code a}.
     *
     * @param tenant a text
     * @param roles a list of texts, or one text with spaces between them
     * @param agentId a text
     * @param teams as roles
     */
    public record Claims(String tenant, String roles, String agentId, String teams) {}
}
