package io.aftercall.faults;

import io.aftercall.ServerProcess;
import io.aftercall.api.v1.PolicyServiceGrpc;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.faults.TcpProxy.Weather;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two replicas on one database, and a network between all of them that can be made to fail. */
final class Cluster implements AutoCloseable {

    private static final String URL = "QUARKUS_DATASOURCE_REACTIVE_URL";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final ServerProcess founder;
    private final Map<String, String> database;
    private final List<Replica> replicas = new ArrayList<>();

    /** Starts everything; the server that brought the database with it is killed, and only its database stays. */
    Cluster() throws IOException {
        founder = ServerProcess.onFreshData();
        try {
            founder.start();
            database = founder.database();
            founder.killForcibly();
            replicas.add(new Replica());
            replicas.add(new Replica());
        } catch (IOException | RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    List<Replica> replicas() {
        return replicas;
    }

    Connection database() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:" + database.get(URL),
                database.get("QUARKUS_FLYWAY_USERNAME"),
                database.get("QUARKUS_FLYWAY_PASSWORD"));
    }

    /** Channels to each replica, over the network that fails. */
    List<ManagedChannel> connect() {
        return replicas.stream().map(replica -> channel(replica.callers.port())).toList();
    }

    void rules(io.aftercall.api.v1.Policy policy) {
        ManagedChannel channel = channel(replicas.get(0).server.grpcPort());
        try {
            PolicyServiceGrpc.newBlockingStub(channel)
                    .updatePolicy(
                            UpdatePolicyRequest.newBuilder().setPolicy(policy).build());
        } finally {
            channel.shutdownNow();
        }
    }

    @Override
    public void close() throws IOException {
        for (Replica replica : replicas) {
            replica.close();
        }
        founder.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static ManagedChannel channel(int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    /** One server, with the ways to it and from it. */
    final class Replica {

        private final ServerProcess server;
        private final TcpProxy storage;
        private final TcpProxy callers;

        private Replica() throws IOException {
            URI direct = URI.create(database.get(URL));
            storage = new TcpProxy(vertx, direct.getPort());
            server = ServerProcess.beside(founder)
                    .with(URL, "postgresql://127.0.0.1:" + storage.port() + direct.getPath());
            callers = new TcpProxy(vertx, server.grpcPort());
            server.start();
        }

        void kill() {
            server.killForcibly();
        }

        void restart() {
            try {
                server.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void pause() {
            server.pause();
        }

        void resume() {
            server.resume();
        }

        /** How the connections between this replica and callers are. */
        void ofCallers(Weather weather) {
            callers.turn(weather);
        }

        /** How the connections between this replica and the database are. */
        void ofDatabase(Weather weather) {
            storage.turn(weather);
        }

        private void close() throws IOException {
            server.close();
            callers.close();
            storage.close();
        }
    }
}
