package io.aftercall.rpc;

import io.grpc.netty.GrpcSslContexts;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;

/** The server's certificate, and whose certificates of clients are good; read again from their files from time to time. */
public final class GrpcTls {

    private static final Logger LOG = Logger.getLogger(GrpcTls.class);

    private final Files files;
    private final AdvancedTlsX509KeyManager own = new AdvancedTlsX509KeyManager();
    private final AdvancedTlsX509TrustManager clients;
    private boolean failing;

    /**
     * Where they are; PEM.
     *
     * @param certificate the server's, and those that lead to its authority
     * @param clientAuthority empty if clients are not asked for certificates
     */
    public record Files(Path certificate, Path key, Optional<Path> clientAuthority) {}

    GrpcTls(Files files) {
        this.files = files;
        try {
            clients = AdvancedTlsX509TrustManager.newBuilder().build();
            read();
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalStateException("The files of aftercall.tls cannot be read: " + unreadable, unreadable);
        }
    }

    /** TLS 1.2 and 1.3 alone. A client may come without a certificate: then it needs a token. */
    SslContext context() {
        try {
            SslContextBuilder context = GrpcSslContexts.configure(SslContextBuilder.forServer(own), SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2");
            if (files.clientAuthority().isPresent()) {
                context.trustManager(clients).clientAuth(ClientAuth.OPTIONAL);
            }
            SslContext tls = context.build();
            // Quarkus, which does not know, logs the opposite.
            LOG.infof("gRPC speaks TLS and nothing else, with the certificate in %s", files.certificate());
            return tls;
        } catch (SSLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Holds for connections that are made from now on; what cannot be read leaves what was read before. */
    synchronized void readAgain() {
        try {
            read();
            failing = false;
        } catch (IOException | GeneralSecurityException | RuntimeException unreadable) {
            if (!failing) {
                LOG.warnf(
                        "The files of aftercall.tls cannot be read, so those that were read before stay in use: %s",
                        unreadable.getMessage());
            }
            failing = true;
        }
    }

    private void read() throws IOException, GeneralSecurityException {
        own.updateIdentityCredentials(files.certificate().toFile(), files.key().toFile());
        if (files.clientAuthority().isPresent()) {
            clients.updateTrustCredentials(files.clientAuthority().get().toFile());
        }
    }
}
