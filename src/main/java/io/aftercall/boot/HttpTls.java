package io.aftercall.boot;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** The HTTP port's TLS, in the words of Quarkus: with the certificate of the gRPC port, on the port of plain HTTP. */
final class HttpTls {

    private static final String NAME = "quarkus.tls.aftercall.";

    private HttpTls() {}

    /** What is to be set for Quarkus; nothing without a certificate. */
    static Map<String, String> configuredIn(Config config) {
        Optional<String> certificate = config.getOptionalValue("aftercall.tls.certificate", String.class);
        if (certificate.isEmpty()) {
            return Map.of();
        }
        Map<String, String> settings = new HashMap<>();
        settings.put(NAME + "key-store.pem.server.cert", certificate.get());
        settings.put(NAME + "key-store.pem.server.key", config.getValue("aftercall.tls.key", String.class));
        settings.put(
                NAME + "reload-period",
                config.getOptionalValue("aftercall.tls.interval", String.class).orElse("1m"));
        settings.put(NAME + "protocols", "TLSv1.3,TLSv1.2");
        settings.put("quarkus.http.tls-configuration-name", "aftercall");
        settings.put("quarkus.http.insecure-requests", "disabled");
        settings.put("quarkus.http.ssl-port", config.getValue("quarkus.http.port", String.class));
        return settings;
    }
}
