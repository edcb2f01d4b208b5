package io.aftercall.security;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that gives certificates, in files. */
public final class Authority {

    private static final Duration VALID = Duration.ofHours(1);

    private final KeyPair keys = keys();
    private final X500Name name;
    private final X509Certificate certificate;

    public Authority() {
        this(new X500Name("CN=Authority " + new SecureRandom().nextLong()));
    }

    private Authority(X500Name name) {
        this.name = name;
        this.certificate = certificate(name, keys, true, Instant.now().plus(VALID));
    }

    /** Another that calls itself the same. */
    public Authority impostor() {
        return new Authority(name);
    }

    /** The certificate of the authority itself. */
    public Path writeTo(Path file) {
        return write(file, certificate);
    }

    /** A certificate with these alternative names, and its key. */
    public Issued issue(Path directory, String file, GeneralName... names) {
        return issue(directory, file, Instant.now().plus(VALID), names);
    }

    public Issued issue(Path directory, String file, Instant until, GeneralName... names) {
        KeyPair own = keys();
        X509Certificate issued = certificate(new X500Name("CN=" + file), own, false, until, names);
        try {
            return new Issued(
                    write(directory.resolve(file + ".pem"), issued),
                    write(directory.resolve(file + ".key"), new JcaPKCS8Generator(own.getPrivate(), null)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files in PEM. */
    public record Issued(Path certificate, Path key) {}

    public static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    public static GeneralName ip(String address) {
        return new GeneralName(GeneralName.iPAddress, address);
    }

    public static GeneralName uri(String uri) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
    }

    private X509Certificate certificate(
            X500Name subject, KeyPair of, boolean authority, Instant until, GeneralName... names) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(64, new SecureRandom()),
                    Date.from(Instant.now().minusSeconds(3_600)),
                    Date.from(until),
                    subject,
                    of.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (names.length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (IOException | OperatorException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** At once, so that nobody reads a half. */
    private static Path write(Path file, Object pem) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.writeString(draft, text.toString());
            return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
