package io.aftercall.boot;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server refuses to start with. */
class AuthSettingsTest {

    private static final Map<String, String> LOOPBACK =
            Map.of("quarkus.http.host", "127.0.0.1", "quarkus.grpc.server.host", "localhost");
    private static final Map<String, String> DATABASE =
            Map.of("quarkus.datasource.reactive.url", "postgresql://db.example:5432/aftercall");
    private static final Map<String, String> TOKENS = Map.of(
            "aftercall.auth.issuer", "https://issuer.example",
            "aftercall.auth.audience", "aftercall",
            "aftercall.auth.keys", "https://issuer.example/keys");

    private static final Map<String, String> AUTHORITY = Map.of(
            "aftercall.tls.client-authority", "/etc/ca.pem",
            "aftercall.tls.certificate", "/etc/server.pem",
            "aftercall.tls.key", "/etc/server.key");

    @SafeVarargs
    private static void start(String profile, Map<String, String>... settings) {
        Map<String, String> all = new HashMap<>();
        for (Map<String, String> more : settings) {
            all.putAll(more);
        }
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withProfile(profile)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build();
        AuthSettings.requireIn(config);
    }

    @Test
    void withoutAuthenticationOnLoopbackForDevelopment() {
        assertThatCode(() -> start("prod", LOOPBACK)).doesNotThrowAnyException();
        assertThatCode(() -> start("dev", LOOPBACK, DATABASE)).doesNotThrowAnyException();
    }

    @Test
    void withoutAuthenticationNotInProduction() {
        assertThatThrownBy(() -> start("prod", LOOPBACK, DATABASE))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("Nobody is asked for credentials")
                .hasMessageContaining("Set AFTERCALL_AUTH_ISSUER");
    }

    @ParameterizedTest
    @CsvSource({
        "quarkus.http.host, 0.0.0.0",
        "quarkus.grpc.server.host, 0.0.0.0",
        "quarkus.grpc.server.host, ::",
        "quarkus.grpc.server.host, 10.0.0.1",
        "quarkus.grpc.server.host, no.such.host.invalid"
    })
    void withoutAuthenticationNotBeyondLoopbackAlsoForDevelopment(String key, String host) {
        assertThatThrownBy(() -> start("dev", LOOPBACK, Map.of(key, host)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("loopback only")
                .hasMessageContaining("Set AFTERCALL_AUTH_ISSUER");
    }

    @Test
    void withTokensAnywhere() {
        assertThatCode(() -> start("prod", DATABASE, TOKENS, Map.of("quarkus.http.host", "0.0.0.0")))
                .doesNotThrowAnyException();
    }

    @Test
    void anIssuerAloneIsNotEnoughAndAllThatIsMissingIsNamed() {
        assertThatThrownBy(() -> start("prod", DATABASE, Map.of("aftercall.auth.issuer", "https://issuer.example")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("aftercall.auth.audience must be set")
                .hasMessageContaining("aftercall.auth.keys must be set");
    }

    @Test
    void keysAreNotReadInPlainWords() {
        assertThatThrownBy(() -> start("prod", TOKENS, Map.of("aftercall.auth.keys", "http://issuer.example/keys")))
                .hasMessageContaining("over https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "none", "RS257", "dir"})
    void algorithmsWithoutAPublicKeyCannotBeAccepted(String algorithm) {
        assertThatThrownBy(() -> start("prod", TOKENS, Map.of("aftercall.auth.algorithms", "RS256," + algorithm)))
                .hasMessageContaining("cannot have " + algorithm);
    }

    @Test
    void certificatesWithAnAuthority() {
        assertThatCode(() ->
                        start("prod", DATABASE, certificate("URI:spiffe://acme/router", "acme", "router"), AUTHORITY))
                .doesNotThrowAnyException();
    }

    @Test
    void certificatesWithoutAnAuthorityWouldBeAnybodys() {
        assertThatThrownBy(() -> start("prod", TOKENS, certificate("DNS:router.acme", "acme", "router")))
                .hasMessageContaining("set together or not at all");
    }

    @ParameterizedTest
    @CsvSource({
        "CN=router, acme, router, name must begin with",
        "DNS:router, acme, king, roles must name roles",
        "DNS:router, '', router, tenant must be",
        "DNS:router, ~, router, tenant must be",
        "DNS:router, acme, operator, tenant must be"
    })
    void aCertificateMustMeanSomebody(String name, String tenant, String role, String message) {
        assertThatThrownBy(() -> start("prod", DATABASE, certificate(name, tenant, role), AUTHORITY))
                .hasMessageContaining(message);
    }

    @Test
    void anAuthorityOfClientsNeedsTls() {
        assertThatThrownBy(() -> start(
                        "prod",
                        certificate("DNS:router", "acme", "router"),
                        Map.of("aftercall.tls.client-authority", "/etc/ca.pem")))
                .hasMessageContaining("needs aftercall.tls.certificate");
        assertThatThrownBy(() -> start("prod", TOKENS, Map.of("aftercall.tls.certificate", "/etc/server.pem")))
                .hasMessageContaining("set together or not at all");
    }

    private static Map<String, String> certificate(String name, String tenant, String roles) {
        return Map.of(
                "aftercall.auth.certificates[0].name", name,
                "aftercall.auth.certificates[0].tenant", tenant,
                "aftercall.auth.certificates[0].roles", roles);
    }
}
