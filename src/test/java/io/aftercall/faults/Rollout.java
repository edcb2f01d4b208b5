package io.aftercall.faults;

import com.google.gson.Gson;
import io.aftercall.ScrapedMetrics;
import io.aftercall.ServerProcess;
import io.aftercall.boot.EmbeddedPostgres;
import io.aftercall.boot.EmbeddedPostgresSettings;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;

/** Replicas on one database that come and go behind one address, as the Deployment in {@code k8s/base} has them do. */
final class Rollout implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final EmbeddedPostgres postgres;
    private final List<ServerProcess> all = new ArrayList<>();
    /** Who gets new connections, as the endpoints of a Service. */
    private final List<ServerProcess> ready = new CopyOnWriteArrayList<>();

    private final TcpProxy balancer = new TcpProxy(vertx, this::anyPort);

    Rollout() throws IOException {
        Path parent = Files.createDirectories(Path.of("target", "embedded-postgres"));
        postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(Files.createTempDirectory(parent, "rollout-")));
    }

    /**
     * A replica that is not started.
     *
     * @param name that its connections to the database have
     */
    ServerProcess replica(String name) throws IOException {
        ServerProcess server = ServerProcess.over(postgres.port(), postgres.password())
                .with(
                        "QUARKUS_DATASOURCE_REACTIVE_URL",
                        "postgresql://127.0.0.1:" + postgres.port() + "/postgres?application_name=" + name)
                // The shortest that gRPC knows.
                .with("AFTERCALL_CONNECTION_MAX_AGE", "1s");
        all.add(server);
        return server;
    }

    /** Starts replicas side by side; returns when all are ready and get connections. */
    void start(List<ServerProcess> servers) {
        servers.parallelStream().forEach(server -> {
            try {
                server.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        ready.addAll(servers);
    }

    /** New connections go elsewhere; then it is told to stop. Returns its exit code. */
    int stop(ServerProcess server) {
        ready.remove(server);
        return server.terminate();
    }

    private int anyPort() {
        List<ServerProcess> now = List.copyOf(ready);
        return now.get(ThreadLocalRandom.current().nextInt(now.size())).grpcPort();
    }

    /** A router's channel, as {@code docs/routers.md} has it. */
    @SuppressWarnings("unchecked")
    ManagedChannel channel() throws IOException {
        String config = Files.readString(Path.of("examples", "service-config.json"));
        return NettyChannelBuilder.forAddress("127.0.0.1", balancer.port())
                .usePlaintext()
                .defaultServiceConfig(new Gson().fromJson(config, Map.class))
                .enableRetry()
                .keepAliveTime(20, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .build();
    }

    /** As the next release's {@code --migrate} would; returns how many migrations that were. */
    int migrateToNextRelease() {
        return Flyway.configure()
                .dataSource(postgres.urls().jdbc(), EmbeddedPostgres.OWNER, postgres.password())
                .locations("classpath:db/migration", "filesystem:src/test/resources/db/next")
                .load()
                .migrate()
                .migrationsExecuted;
    }

    Connection database() throws SQLException {
        return DriverManager.getConnection(postgres.urls().jdbc(), EmbeddedPostgres.OWNER, postgres.password());
    }

    /** Whether the database has any such row. */
    boolean has(String rows) throws SQLException {
        try (Connection connection = database();
                Statement statement = connection.createStatement()) {
            ResultSet answer = statement.executeQuery("SELECT EXISTS (SELECT " + rows + ")");
            answer.next();
            return answer.getBoolean(1);
        }
    }

    /** How many calls the call centre has offered its agents by way of this replica. */
    static double offers(ServerProcess server) {
        return ScrapedMetrics.sum(
                        server.managementPort(),
                        "grpc_server_processing_duration_seconds_count",
                        "\"BeginInteraction\"")
                .orElse(0.0);
    }

    @Override
    public void close() throws IOException {
        for (ServerProcess server : all) {
            server.close();
        }
        postgres.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
