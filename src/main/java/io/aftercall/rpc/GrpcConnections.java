package io.aftercall.rpc;

import io.grpc.netty.NettyServerBuilder;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/**
 * How connections are kept alive: a client that has vanished without a word is found within half a minute. All that is
 * particular to the separate gRPC server of Quarkus is here.
 */
@Singleton
public class GrpcConnections implements ServerBuilderCustomizer<VertxServerBuilder> {

    private static final long PING_SECONDS = 20;
    private static final long PONG_SECONDS = 10;
    /** Clients may ping this often. */
    private static final long PERMITTED_SECONDS = 5;

    @Override
    public void customize(GrpcServerConfiguration configuration, VertxServerBuilder builder) {
        NettyServerBuilder netty = builder.nettyBuilder();
        netty.keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(PONG_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(PERMITTED_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
    }
}
