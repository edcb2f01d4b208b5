package io.aftercall.bench.client;

import io.grpc.Metadata;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/** How a server is spoken to: in plain words as nobody, or over TLS with a token. */
public final class Access {
    /** Of a server that asks nobody who he is. */
    public static final Access OPEN = new Access(null, null);

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Path authority;
    private final String token;

    private Access(Path authority, String token) {
        this.authority = authority;
        this.token = token;
    }

    /**
     * Over TLS.
     *
     * @param authority who has given the server its certificate; a file, PEM
     * @param token shown with every call
     */
    public static Access secured(Path authority, String token) {
        return new Access(authority, token);
    }

    NettyChannelBuilder open(NettyChannelBuilder builder) {
        if (token == null) {
            return builder.usePlaintext();
        }
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        try {
            return builder.sslContext(GrpcSslContexts.forClient()
                            .trustManager(authority.toFile())
                            .build())
                    .intercept(MetadataUtils.newAttachHeadersInterceptor(headers));
        } catch (SSLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
