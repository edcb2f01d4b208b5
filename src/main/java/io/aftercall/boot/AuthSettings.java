package io.aftercall.boot;

import io.aftercall.engine.TenantId;
import io.aftercall.security.Role;
import io.smallrye.config.SmallRyeConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Whether the server may be started as it is configured, by what it would be open to. Without asking for credentials it
 * listens on loopback only, and in production not at all: in the profile {@code prod}, which is the default, on a
 * database that is configured.
 */
final class AuthSettings {

    static final String ISSUER = "aftercall.auth.issuer";
    static final String CLIENT_AUTHORITY = "aftercall.tls.client-authority";

    private static final String HOW = "Set AFTERCALL_AUTH_ISSUER, AFTERCALL_AUTH_AUDIENCE and AFTERCALL_AUTH_KEYS for"
            + " tokens, or AFTERCALL_TLS_CLIENT_AUTHORITY and AFTERCALL_AUTH_CERTIFICATES_0__NAME, __TENANT and __ROLES"
            + " for client certificates";

    /** With a shared secret whoever checks tokens can also make them. */
    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    private final Config config;
    private final List<String> violations = new ArrayList<>();

    private AuthSettings(Config config) {
        this.config = config;
    }

    /**
     * @throws StartRefused naming everything that is wrong
     */
    static void requireIn(Config config) {
        AuthSettings settings = new AuthSettings(config);
        settings.check();
        if (!settings.violations.isEmpty()) {
            throw new StartRefused(String.join(". ", settings.violations) + ".");
        }
    }

    private void check() {
        boolean tokens = text(ISSUER).isPresent();
        boolean certificates = text(CLIENT_AUTHORITY).isPresent();
        if (!tokens && !certificates) {
            checkWithoutAuthentication();
        }
        if (tokens) {
            checkTokens();
        }
        checkCertificates(certificates);
        checkTls(certificates);
    }

    private void checkWithoutAuthentication() {
        boolean open = Stream.of("quarkus.grpc.server.host", "quarkus.http.host")
                .anyMatch(key -> !loopback(text(key).orElse("0.0.0.0")));
        if (open) {
            violations.add("Nobody is asked for credentials, so the server listens on loopback only. " + HOW
                    + ", or leave QUARKUS_GRPC_SERVER_HOST and QUARKUS_HTTP_HOST at 127.0.0.1");
        } else if (production(config)) {
            violations.add("Nobody is asked for credentials, which is for development only. " + HOW
                    + ", or QUARKUS_PROFILE=dev if this is development");
        }
    }

    /** Whether this is meant in earnest. */
    static boolean production(Config config) {
        return config.unwrap(SmallRyeConfig.class).getProfiles().contains("prod")
                && DatabaseUrls.configuredIn(config).isPresent();
    }

    private void checkTokens() {
        for (String needed : List.of("aftercall.auth.audience", "aftercall.auth.keys")) {
            if (text(needed).isEmpty()) {
                violations.add(needed + " must be set, as " + ISSUER + " is");
            }
        }
        text("aftercall.auth.keys")
                .filter(location -> location.startsWith("http://"))
                .ifPresent(plain -> violations.add("aftercall.auth.keys must be read over https, or from a file"));
        config.getOptionalValues("aftercall.auth.algorithms", String.class).orElse(List.of()).stream()
                .filter(name -> !ALGORITHMS.contains(name))
                .forEach(name -> violations.add("aftercall.auth.algorithms cannot have " + name
                        + ": signatures with public keys are RS, PS and ES with 256, 384 or 512, and EdDSA"));
    }

    private void checkCertificates(boolean authority) {
        boolean any = false;
        for (int i = 0; ; i++) {
            String entry = "aftercall.auth.certificates[" + i + "]";
            Optional<String> name = text(entry + ".name");
            if (name.isEmpty()) {
                break;
            }
            any = true;
            checkCertificate(entry, name.get());
        }
        if (any != authority) {
            violations.add(CLIENT_AUTHORITY + " and aftercall.auth.certificates are set together or not at all");
        }
    }

    private void checkTls(boolean clients) {
        boolean certificate = text("aftercall.tls.certificate").isPresent();
        if (certificate != text("aftercall.tls.key").isPresent()) {
            violations.add("aftercall.tls.certificate and aftercall.tls.key are set together or not at all");
        }
        if (clients && !certificate) {
            violations.add(
                    CLIENT_AUTHORITY + " needs aftercall.tls.certificate: without TLS there are no certificates");
        }
    }

    private void checkCertificate(String entry, String name) {
        if (!name.matches("(DNS|URI|email):.+")) {
            violations.add(entry + ".name must begin with DNS:, URI: or email:");
        }
        List<String> roles =
                config.getOptionalValues(entry + ".roles", String.class).orElse(List.of());
        if (roles.isEmpty() || roles.stream().anyMatch(role -> Role.named(role).isEmpty())) {
            violations.add(entry + ".roles must name roles: " + String.join(", ", Role.names()));
        }
        Optional<String> tenant = text(entry + ".tenant");
        boolean operator = roles.contains("operator");
        if (operator
                ? tenant.isPresent() || roles.size() > 1
                : tenant.flatMap(TenantId::ofCustomer).isEmpty()) {
            violations.add(entry + ".tenant must be a tenant's id; an operator has none, and no other role");
        }
    }

    private Optional<String> text(String key) {
        return config.getOptionalValue(key, String.class).filter(value -> !value.isBlank());
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
