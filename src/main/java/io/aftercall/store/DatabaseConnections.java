package io.aftercall.store;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Makes the connections to the database such that none keeps anybody waiting for ever. */
@Singleton
public class DatabaseConnections implements PgPoolCreator {

    /** What may wait for a connection: more than that is no queue but a failure. */
    private static final int WAITING = 10_000;

    private final int silenceMillis;
    private final int acquisitionMillis;
    private final Optional<Path> authority;

    /**
     * For how long to wait, and whom to believe.
     *
     * @param silence for an answer on a connection
     * @param acquisition for a connection of the pool
     * @param authority of the database's certificate; empty for a connection without TLS
     */
    public record Terms(Duration silence, Duration acquisition, Optional<Path> authority) {}

    public DatabaseConnections(Terms terms) {
        silenceMillis = (int) terms.silence().toMillis();
        acquisitionMillis = (int) terms.acquisition().toMillis();
        authority = terms.authority();
    }

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList().forEach(options -> {
            options.setConnectTimeout(silenceMillis);
            authority.ifPresent(file -> options.setSslMode(SslMode.VERIFY_FULL)
                    .setHostnameVerificationAlgorithm("HTTPS")
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                    .setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        });
        PoolOptions options = input.poolOptions()
                .setConnectionTimeout(acquisitionMillis)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxWaitQueueSize(WAITING)
                // Sooner than by its silence: that may be noticed when somebody has just begun to use it again.
                .setIdleTimeout(silenceMillis * 3 / 4)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setPoolCleanerPeriod(silenceMillis / 8);
        return PgBuilder.pool()
                .with(options)
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .withConnectHandler(this::listenForSilence)
                .using(input.vertx())
                .build();
    }

    /**
     * At the very end of the pipeline towards the network: the client's own idle timeout says goodbye first, and waits
     * for ever for the answer of a database that hangs.
     */
    private void listenForSilence(SqlConnection connection) {
        SocketConnectionBase made = (SocketConnectionBase)
                ((SqlConnectionInternal) connection).unwrap().unwrap();
        made.socket().channelHandlerContext().pipeline().addFirst(new Silence(silenceMillis));
        connection.close();
    }

    /** Closes a connection on which nothing has been said for so long: one that is in use hangs. */
    private static final class Silence extends IdleStateHandler {

        Silence(long millis) {
            super(0, 0, millis, TimeUnit.MILLISECONDS);
        }

        @Override
        protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
            context.close();
        }
    }
}
