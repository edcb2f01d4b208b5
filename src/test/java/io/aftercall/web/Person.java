package io.aftercall.web;

import com.nimbusds.oauth2.sdk.TokenRequest;
import io.aftercall.security.Issuer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;

/** Somebody whom the provider knows; what it says of him may change while he is signed in. */
public final class Person implements OAuth2TokenCallback {

    private final String subject;
    private final Map<String, Object> claims = new HashMap<>();
    private volatile long seconds = 300;

    public Person(String tenant, String subject, String... roles) {
        this.subject = subject;
        if (tenant != null) {
            claims.put("tenant", tenant);
        }
        claims.put("roles", List.of(roles));
    }

    void become(String... roles) {
        claims.put("roles", List.of(roles));
    }

    public Person with(String claim, Object value) {
        claims.put(claim, value);
        return this;
    }

    /** How long his tokens are good. */
    Person forSeconds(long lifetime) {
        seconds = lifetime;
        return this;
    }

    @Override
    public String issuerId() {
        return TestProvider.NAME;
    }

    @Override
    public String subject(TokenRequest request) {
        return subject;
    }

    @Override
    public String typeHeader(TokenRequest request) {
        return "JWT";
    }

    @Override
    public List<String> audience(TokenRequest request) {
        return List.of(Issuer.AUDIENCE);
    }

    @Override
    public Map<String, Object> addClaims(TokenRequest request) {
        return Map.copyOf(claims);
    }

    @Override
    public long tokenExpiry() {
        return seconds;
    }
}
