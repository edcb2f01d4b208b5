package io.aftercall.web;

import io.aftercall.logs.SecretsInUse;
import io.aftercall.security.Issuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.Route;
import okhttp3.Headers;

/** An OpenID provider that knows whoever a test says, and asks nobody for a password. */
public final class TestProvider implements AutoCloseable {

    /** The name of the provider in its addresses. */
    static final String NAME = "acme";

    static final String CLIENT = "aftercall-pages";
    static final String SECRET = "the-secret-of-the-pages";
    static final String KEY =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    private final Refusals refusals = new Refusals();
    private final MockOAuth2Server server = new MockOAuth2Server(new OAuth2Config(false, null, null, true), refusals);

    private TestProvider() {}

    public static TestProvider start() {
        TestProvider provider = new TestProvider();
        provider.server.start();
        return provider;
    }

    String issuer() {
        return server.issuerUrl(NAME).toString();
    }

    /** The next one who signs in. */
    public void expect(Person person) {
        server.enqueueCallback(person);
    }

    /** An access token, for a caller who is no browser. */
    String token(Person person) {
        return server.issueToken(NAME, CLIENT, person).serialize();
    }

    /** What the next request for a token is refused with; nothing else is done for it. */
    void refuse(int status, String json) {
        refusals.next = json(status, json);
    }

    /** Whether it answers requests for tokens as one that has fallen over. */
    void away(boolean away) {
        refusals.away = away;
    }

    /** How many requests for tokens there have been. */
    int tokenRequests() {
        return refusals.requests.get();
    }

    /** Settings of a server that people sign in to here. */
    Map<String, String> settings(String origin) {
        SecretsInUse.add(SECRET);
        SecretsInUse.add(KEY);
        return Map.of(
                "aftercall.auth.issuer",
                issuer(),
                "aftercall.auth.audience",
                Issuer.AUDIENCE,
                "aftercall.auth.keys",
                keys().toString(),
                "aftercall.auth.leeway",
                "0s",
                "aftercall.web.origin",
                origin,
                "aftercall.sign-in.client-id",
                CLIENT,
                "aftercall.sign-in.client-secret",
                SECRET,
                "aftercall.sign-in.parameters.audience",
                Issuer.AUDIENCE,
                "aftercall.sign-in.keys",
                KEY);
    }

    /** The same, as environment variables. */
    public Map<String, String> environment(String origin) {
        return settings(origin).entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().replaceAll("[.-]", "_").toUpperCase(Locale.ROOT), Map.Entry::getValue));
    }

    private static OAuth2HttpResponse json(int status, String json) {
        return new OAuth2HttpResponse(Headers.of("Content-Type", "application/json"), status, json, null);
    }

    private Path keys() {
        try {
            Path file = Files.createTempFile(Files.createDirectories(Path.of("target", "issuer")), "keys-", ".json");
            try (var published =
                    URI.create(server.jwksUrl(NAME).toString()).toURL().openStream()) {
                Files.write(file, published.readAllBytes());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.shutdown();
    }

    /** Refuses what it is told to, and codes that have been used: the library would take them again. */
    private static final class Refusals implements Route {

        private static final String USED = "{\"error\":\"invalid_grant\",\"error_description\":\"Code not valid\"}";

        private final Set<String> used = ConcurrentHashMap.newKeySet();
        private final AtomicInteger requests = new AtomicInteger();
        private volatile OAuth2HttpResponse next;
        private volatile boolean away;

        @Override
        public boolean match(OAuth2HttpRequest request) {
            if (!request.getUrl().encodedPath().endsWith("/token")) {
                return false;
            }
            requests.incrementAndGet();
            if (away) {
                next = json(503, "{}");
                return true;
            }
            String code = request.getFormParameters().get("code");
            if (code != null && !used.add(code)) {
                next = json(400, USED);
            }
            return next != null;
        }

        @Override
        public OAuth2HttpResponse invoke(OAuth2HttpRequest request) {
            OAuth2HttpResponse refusal = next;
            next = null;
            return refusal;
        }
    }
}
