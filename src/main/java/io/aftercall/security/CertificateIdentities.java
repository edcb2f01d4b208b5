package io.aftercall.security;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is meant by a client's certificate: the configuration says so for each name among its alternative names. */
public final class CertificateIdentities {

    /** Kinds of alternative names in a certificate (RFC 5280, section 4.2.1.6). */
    private static final Map<Integer, String> KINDS = Map.of(1, "email:", 2, "DNS:", 6, "URI:");

    private final Map<String, Caller> callers;
    private final InstantSource clock;

    /**
     * @param callers by alternative name with its kind: {@code DNS:…}, {@code URI:…} or {@code email:…}
     */
    public CertificateIdentities(Map<String, Caller> callers, InstantSource clock) {
        this.callers = Map.copyOf(callers);
        this.clock = clock;
    }

    /**
     * The caller that the certificate is configured for.
     *
     * @throws NotAuthenticated if there is none, or more than one, or it has expired since the connection was made
     */
    Caller caller(X509Certificate certificate) {
        if (clock.instant().isAfter(certificate.getNotAfter().toInstant())) {
            throw new NotAuthenticated(NotAuthenticated.Reason.EXPIRED, "The client certificate has expired");
        }
        List<Caller> named = names(certificate).stream()
                .flatMap(name -> name(name).map(callers::get).stream())
                .distinct()
                .toList();
        if (named.size() != 1) {
            throw NotAuthenticated.invalid(
                    named.isEmpty()
                            ? "The client certificate has no alternative name that is configured here"
                            : "The client certificate has alternative names of several callers");
        }
        return named.get(0);
    }

    private static Collection<List<?>> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException malformed) {
            throw NotAuthenticated.invalid("The client certificate's alternative names cannot be read");
        }
    }

    private static Optional<String> name(List<?> kindAndName) {
        return Optional.ofNullable(KINDS.get((Integer) kindAndName.get(0))).map(kind -> kind + kindAndName.get(1));
    }
}
