package io.aftercall.bench.process;

import io.aftercall.bench.client.Access;
import io.aftercall.security.Authority;
import io.aftercall.security.Issuer;
import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** An issuer of tokens and a certificate for a server, and how to speak to that server. */
public final class Protection {
    private static final String MORE_THAN_ANYBODY_CALLS = "1000000";

    private final Issuer issuer = new Issuer();
    private final Path keys;
    private final Path authority;
    private final Authority.Issued certificate;

    private Protection(Path directory) {
        Authority certificates = new Authority();
        keys = directory.resolve("keys.json");
        issuer.publishTo(keys);
        authority = certificates.writeTo(directory.resolve("authority.pem"));
        certificate = certificates.issue(directory, "server", Authority.dns("localhost"), Authority.ip("127.0.0.1"));
    }

    /** Makes both, with files in this directory. */
    public static Protection in(WorkDirectory directory) throws IOException {
        return new Protection(Files.createDirectories(directory.path().resolve("protection")));
    }

    /** Returns what is to be set for a server; nobody is held back who calls often. */
    Map<String, String> settings() {
        return Map.of(
                "AFTERCALL_AUTH_ISSUER",
                Issuer.NAME,
                "AFTERCALL_AUTH_AUDIENCE",
                Issuer.AUDIENCE,
                "AFTERCALL_AUTH_KEYS",
                keys.toString(),
                "AFTERCALL_TLS_CERTIFICATE",
                certificate.certificate().toString(),
                "AFTERCALL_TLS_KEY",
                certificate.key().toString(),
                "AFTERCALL_LIMITS_CALLS_PER_SECOND",
                MORE_THAN_ANYBODY_CALLS,
                "AFTERCALL_LIMITS_CALLS_PER_SECOND_AND_CALLER",
                MORE_THAN_ANYBODY_CALLS);
    }

    /** Returns what takes the server's certificate for good. */
    SSLContext trust() throws IOException {
        try {
            AdvancedTlsX509TrustManager trusted =
                    AdvancedTlsX509TrustManager.newBuilder().build();
            trusted.updateTrustCredentials(authority.toFile());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trusted}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Returns how a router of a tenant speaks to the server. */
    public Access router(String tenant) {
        return Access.secured(authority, issuer.token(tenant, "router", "router"));
    }

    /** Returns how who runs the installation speaks to the server. */
    public Access operator() {
        return Access.secured(authority, issuer.token(null, "operator", "operator"));
    }
}
