package io.aftercall.security;

import static io.aftercall.security.NotAuthenticated.Reason.EXPIRED;
import static io.aftercall.security.NotAuthenticated.Reason.INVALID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aftercall.agent.AgentId;
import io.aftercall.engine.SettableClock;
import io.aftercall.engine.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are good, and the ways in which somebody may try to pass one that is not. */
class TokensTest {

    private static final Issuer ISSUER = new Issuer();
    private static final Issuer OTHER = new Issuer();

    private final SettableClock clock = new SettableClock();
    private final Tokens tokens = tokens(ISSUER);

    @BeforeEach
    void readKeys() {
        tokens.readKeys();
    }

    private Tokens tokens(Issuer issuer) {
        TokenRules rules = new TokenRules(
                Issuer.NAME,
                Issuer.AUDIENCE,
                Set.of("RS256", "ES256"),
                Duration.ofSeconds(5),
                new TokenRules.Claims("tenant", "realm_access/roles", "agent_id", "https://acme.example/teams"));
        return new Tokens(rules, () -> CompletableFuture.completedFuture(issuer.published()), clock);
    }

    private JwtClaims claims() {
        JwtClaims claims = Issuer.claims("acme", "auth0|jo", clock.instant());
        claims.setClaim("realm_access", Map.of("roles", List.of("agent", "offline_access")));
        claims.setStringClaim("agent_id", "a-1");
        claims.setStringListClaim("https://acme.example/teams", "blue", "red");
        return claims;
    }

    private JwtClaims claims(Consumer<JwtClaims> change) {
        JwtClaims claims = claims();
        change.accept(claims);
        return claims;
    }

    private void assertRefused(String token, NotAuthenticated.Reason reason, String message) {
        NotAuthenticated refused = catchThrowableOfType(NotAuthenticated.class, () -> tokens.verified(token));

        assertThat(refused).as("the token is refused").isNotNull();
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused).hasMessageContaining(message);
        if (token.length() > 20) {
            assertThat(refused.getMessage()).doesNotContain(token.substring(0, 20));
        }
    }

    @Test
    void whatAGoodTokenSays() {
        Caller caller = tokens.verified(ISSUER.sign(claims())).caller();

        assertThat(caller)
                .isEqualTo(new Caller(
                        new TenantId("acme"),
                        "auth0|jo",
                        Set.of(Role.AGENT),
                        java.util.Optional.of(new AgentId("a-1")),
                        Set.of("blue", "red")));
    }

    @Test
    void anOperatorBelongsToNoTenant() {
        JwtClaims claims = claims(c -> {
            c.setClaim("realm_access", Map.of("roles", "operator"));
            c.unsetClaim("tenant");
        });

        assertThat(tokens.verified(ISSUER.sign(claims)).caller().tenant()).isEqualTo(TenantId.INSTALLATION);
    }

    @Test
    void anOperatorsTokenWithATenantIsRefused() {
        assertRefused(
                ISSUER.sign(claims(c -> c.setClaim("realm_access", Map.of("roles", "operator")))), INVALID, "operator");
    }

    @Test
    void aSupervisorOfNoTeamIsNotOneOfAll() {
        assertRefused(
                ISSUER.sign(claims(c -> {
                    c.setClaim("realm_access", Map.of("roles", "supervisor"));
                    c.setStringListClaim("https://acme.example/teams", List.of());
                })),
                INVALID,
                "is empty");
        JwtClaims ofAll = claims(c -> {
            c.setClaim("realm_access", Map.of("roles", "supervisor"));
            c.unsetClaim("https://acme.example/teams");
        });
        assertThat(tokens.verified(ISSUER.sign(ofAll)).caller().teams()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "a tenant", "default'; DROP TABLE agent; --"})
    void aTenantThatIsNoneIsRefused(String tenant) {
        assertRefused(ISSUER.sign(claims(c -> c.setStringClaim("tenant", tenant))), INVALID, "no tenant");
    }

    @Test
    void anAgentThatIsNoneIsRefused() {
        assertRefused(ISSUER.sign(claims(c -> c.setStringClaim("agent_id", "a\n1"))), INVALID, "agent_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jo\nfaked line", "a b", "aftercall", "jos\u00e9"})
    void aSubjectThatWouldMisleadInALogIsRefused(String subject) {
        assertRefused(ISSUER.sign(claims(c -> c.setSubject(subject))), INVALID, "subject");
    }

    @Test
    void ofAnotherIssuersKey() {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims().toJson());
        signature.setKey(OTHER.key().getPrivateKey());
        signature.setKeyIdHeaderValue(ISSUER.key().getKeyId());
        signature.setAlgorithmHeaderValue("RS256");

        assertRefused(Issuer.serialized(signature), INVALID, "signature");
    }

    @Test
    void ofAnotherIssuersName() {
        assertRefused(ISSUER.sign(claims(c -> c.setIssuer("https://issuer.example/"))), INVALID, "another issuer");
    }

    @Test
    void forAnotherAudience() {
        assertRefused(ISSUER.sign(claims(c -> c.setAudience("billing"))), INVALID, "another audience");
    }

    @Test
    void forNoAudience() {
        assertRefused(ISSUER.sign(claims(c -> c.unsetClaim("aud"))), INVALID, "another audience");
    }

    @Test
    void withoutSignature() {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims().toJson());
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setAlgorithmHeaderValue("none");

        assertRefused(Issuer.serialized(signature), INVALID, "not one that is accepted");
    }

    @Test
    void signedWithThePublicKeyAsASharedSecret() {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims().toJson());
        signature.setKey(new HmacKey(ISSUER.key().getPublicKey().getEncoded()));
        signature.setKeyIdHeaderValue(ISSUER.key().getKeyId());
        signature.setAlgorithmHeaderValue("HS256");

        assertRefused(Issuer.serialized(signature), INVALID, "not one that is accepted");
    }

    @Test
    void signedWithAnAlgorithmThatIsNotListed() {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims().toJson());
        signature.setKey(ISSUER.key().getPrivateKey());
        signature.setKeyIdHeaderValue(ISSUER.key().getKeyId());
        signature.setAlgorithmHeaderValue("RS512");

        assertRefused(Issuer.serialized(signature), INVALID, "not one that is accepted");
    }

    @Test
    void signedWithAKeyInItsOwnHeader() {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims().toJson());
        signature.setKey(OTHER.key().getPrivateKey());
        signature.setJwkHeader(OTHER.key());
        signature.setKeyIdHeaderValue(ISSUER.key().getKeyId());
        signature.setAlgorithmHeaderValue("RS256");

        assertRefused(Issuer.serialized(signature), INVALID, "signature");
    }

    @Test
    void changedAfterItWasSigned() {
        String[] parts = ISSUER.sign(claims()).split("\\.");
        String[] others =
                ISSUER.sign(claims(c -> c.setStringClaim("agent_id", "a-2"))).split("\\.");

        assertRefused(parts[0] + "." + others[1] + "." + parts[2], INVALID, "signature");
    }

    @Test
    void notValidYet() {
        assertRefused(
                ISSUER.sign(claims(c -> c.setNotBefore(NumericDate.fromMilliseconds(
                        clock.instant().plusSeconds(6).toEpochMilli())))),
                INVALID,
                "not valid yet");
    }

    @Test
    void expiredAlsoWhenItWasGoodBefore() {
        String token = ISSUER.sign(claims());
        tokens.verified(token);
        clock.tick(Duration.ofHours(1).plusSeconds(4));
        tokens.verified(token);

        clock.tick(Duration.ofSeconds(1));

        assertRefused(token, EXPIRED, "expired");
        assertRefused(
                ISSUER.sign(Issuer.claims("acme", "jo", clock.instant().minusSeconds(3_700))), EXPIRED, "expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat", "sub"})
    void withoutWhatItMustSay(String claim) {
        assertRefused(ISSUER.sign(claims(c -> c.unsetClaim(claim))), INVALID, "not one that is accepted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "a.b", "a.b.c", "....", "eyJhbGciOiJub25lIn0.e30.", "{}"})
    void whatIsNoToken(String token) {
        assertRefused(token, INVALID, "not one that is accepted");
    }

    @Test
    void aKeyThatIsWithdrawnIsGoodNoMore() {
        Issuer rotating = new Issuer();
        Tokens rotated = tokens(rotating);
        rotated.readKeys();
        String old = rotating.sign(claims());
        rotated.verified(old);
        rotating.rotate();
        rotating.withdrawOldKeys();
        clock.tick(Duration.ofMinutes(1));

        rotated.readKeys();

        assertThat(catchThrowableOfType(TokenVerifier.UnknownKey.class, () -> rotated.verified(old)))
                .isNotNull();
        assertThat(rotated.verified(rotating.sign(claims())).caller().subject()).isEqualTo("auth0|jo");
    }

    @Test
    void beforeAnyKeysAreReadNothingIsGood() {
        Tokens unread = tokens(ISSUER);

        assertThat(catchThrowableOfType(KeysNotThere.class, () -> unread.verified(ISSUER.sign(claims()))))
                .isNotNull();
    }
}
