package io.aftercall.rpc;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;

import io.aftercall.interaction.Identifier;
import io.aftercall.security.Credentials;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Iterator;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What a gRPC call shows of its caller. A token goes before a certificate: a gateway has one for all who use it. */
final class PeerCredentials {

    private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", ASCII_STRING_MARSHALLER);

    private static final Metadata.Key<String> REQUEST_ID = Metadata.Key.of("x-request-id", ASCII_STRING_MARSHALLER);

    private PeerCredentials() {}

    static Credentials of(ServerCall<?, ?> call, Metadata headers) {
        Iterable<String> shown = headers.getAll(AUTHORIZATION);
        if (shown == null) {
            return certificate(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
        }
        Iterator<String> each = shown.iterator();
        String first = each.next();
        // Two of them are none: who reads the first and who reads the last would see different callers.
        return Credentials.ofHeader(each.hasNext() ? "" : first);
    }

    private static Credentials certificate(SSLSession session) {
        if (session == null) {
            return Credentials.NONE;
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return new Credentials.ClientCertificate((X509Certificate) chain[0]);
        } catch (SSLPeerUnverifiedException none) {
            return Credentials.NONE;
        }
    }

    /** The caller's name of the call, if it is one that can stand in a log. */
    static Optional<String> requestId(Metadata headers) {
        return Optional.ofNullable(headers.get(REQUEST_ID))
                .filter(id -> Identifier.violation(id).isEmpty());
    }

    /** The address that a call comes from, without the port. */
    static String origin(ServerCall<?, ?> call) {
        SocketAddress peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        return peer instanceof InetSocketAddress internet
                ? internet.getAddress().getHostAddress()
                : String.valueOf(peer);
    }
}
