package io.aftercall.rpc;

import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.core.Vertx;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * What a connection may do, and how it is kept alive: a client that has vanished without a word is found, within half a
 * minute by default, and one that asks for too much hurts only itself. All that is particular to the separate gRPC
 * server of Quarkus is here.
 */
@Singleton
public class GrpcConnections implements ServerBuilderCustomizer<VertxServerBuilder> {

    /** Clients may ping this often. */
    private static final long PERMITTED_SECONDS = 5;

    /** Calls at once on a connection; a client keeps those beyond to itself until others end. */
    private static final int CALLS = 1_000;

    /** Of a request, in bytes: a filter of 10,000 agents with the longest ids has 1.3 million. */
    private static final int MESSAGE = 2 * 1024 * 1024;

    /** Of all headers of a call, in bytes; room for a large bearer token. */
    private static final int METADATA = 16 * 1024;

    /** Calls that a client may take back; beyond, its connection is closed (CVE-2023-44487, rapid reset). */
    private static final int RESETS = 2_000;

    private static final int RESETS_WINDOW_SECONDS = 10;

    /** For TLS and the first words of HTTP/2; whoever has not said them by then is no client. */
    private static final long HANDSHAKE_SECONDS = 10;

    /** Kept, as a logger that nobody keeps forgets its filter. */
    private static final Logger FAILED_TASKS = Logger.getLogger("io.grpc.internal.SerializingExecutor");

    static {
        // A request that cannot be parsed fails before any code of ours: a stack trace for each is the client's to
        // give.
        FAILED_TASKS.setFilter(failed -> !(failed.getThrown() instanceof StatusRuntimeException));
    }

    private final Terms terms;
    private final Optional<GrpcTls> tls;

    /**
     * What holds for every connection.
     *
     * @param pingInterval after what silence it is asked whether it lives
     * @param pongTimeout how long to wait for its answer before it is closed
     * @param maxAge after what time it takes no more calls, give or take a tenth; 1 s or more
     * @param grace for how long those that it has may go on then: longer than any stream lasts
     * @param certificateInterval how often the files of certificates are read again
     */
    public record Terms(
            Duration pingInterval,
            Duration pongTimeout,
            Duration maxAge,
            Duration grace,
            Duration certificateInterval) {}

    /**
     * @param files empty for connections without TLS
     */
    GrpcConnections(Terms terms, Optional<GrpcTls.Files> files, Vertx vertx) {
        this.terms = terms;
        this.tls = files.map(GrpcTls::new);
        tls.ifPresent(read -> vertx.setPeriodic(
                terms.certificateInterval().toMillis(),
                now -> vertx.executeBlocking(() -> {
                    read.readAgain();
                    return null;
                })));
    }

    @Override
    public void customize(GrpcServerConfiguration configuration, VertxServerBuilder builder) {
        NettyServerBuilder netty = builder.nettyBuilder();
        tls.ifPresent(read -> netty.sslContext(read.context()));
        netty.handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        netty.keepAliveTime(terms.pingInterval().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(terms.pongTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .maxConnectionAge(terms.maxAge().toMillis(), TimeUnit.MILLISECONDS)
                .maxConnectionAgeGrace(terms.grace().toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(PERMITTED_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .maxConcurrentCallsPerConnection(CALLS)
                .maxInboundMessageSize(MESSAGE)
                .maxInboundMetadataSize(METADATA)
                .maxRstFramesPerWindow(RESETS, RESETS_WINDOW_SECONDS);
    }
}
