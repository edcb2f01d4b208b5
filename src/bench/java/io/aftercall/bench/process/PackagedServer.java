package io.aftercall.bench.process;

import io.aftercall.bench.client.Access;
import io.aftercall.bench.client.Connections;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The packaged server as a process of its own, on free ports and on a database that runs already. */
public final class PackagedServer implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final OwnProcess process;
    private final int grpcPort;
    private final int httpPort;
    private final Duration startTime;

    private PackagedServer(OwnProcess process, int grpcPort, int httpPort, Duration startTime) {
        this.process = process;
        this.grpcPort = grpcPort;
        this.httpPort = httpPort;
        this.startTime = startTime;
    }

    /**
     * Returns when the server is ready.
     *
     * @param log where it writes its log
     * @throws IOException when it is not packaged, or not ready within a minute
     */
    public static PackagedServer start(Path log, BenchDatabase database) throws IOException, InterruptedException {
        return start(log, database, Map.of());
    }

    /**
     * Returns when the server is ready.
     *
     * @param settings variables of its environment, beside what it needs to start
     * @throws IOException as above
     */
    public static PackagedServer start(Path log, BenchDatabase database, Map<String, String> settings)
            throws IOException, InterruptedException {
        return start(log, database, settings, "dev", "http", HttpClient.newHttpClient());
    }

    /** Returns when the server is ready; it asks for tokens, and speaks TLS. */
    public static PackagedServer start(Path log, BenchDatabase database, Protection protection)
            throws IOException, InterruptedException {
        HttpClient trusting =
                HttpClient.newBuilder().sslContext(protection.trust()).build();
        return start(log, database, protection.settings(), "prod", "https", trusting);
    }

    private static PackagedServer start(
            Path log,
            BenchDatabase database,
            Map<String, String> settings,
            String profile,
            String scheme,
            HttpClient client)
            throws IOException, InterruptedException {
        if (!Files.exists(JAR)) {
            throw new IOException("There is no " + JAR + ": run mvn package -DskipTests first.");
        }
        int grpcPort = FreePort.any();
        int httpPort = FreePort.any();
        long begun = System.nanoTime();
        Map<String, String> environment = new HashMap<>(settings);
        environment.putAll(Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl(),
                "QUARKUS_DATASOURCE_USERNAME", database.serversUser(),
                "QUARKUS_FLYWAY_USERNAME", database.user(),
                "QUARKUS_FLYWAY_PASSWORD", database.password(),
                "QUARKUS_DATASOURCE_PASSWORD", database.password(),
                "QUARKUS_HTTP_PORT", Integer.toString(httpPort),
                "QUARKUS_MANAGEMENT_PORT", Integer.toString(FreePort.any()),
                "QUARKUS_GRPC_SERVER_PORT", Integer.toString(grpcPort)));
        OwnProcess process = OwnProcess.start(
                log, environment, JavaTools.path("java"), "-Dquarkus.profile=" + profile, "-jar", JAR.toString());
        URI readiness = URI.create(scheme + "://127.0.0.1:" + httpPort + "/q/health/ready");
        process.await(PATIENCE, () -> ready(client, readiness));
        return new PackagedServer(process, grpcPort, httpPort, Duration.ofNanos(System.nanoTime() - begun));
    }

    /**
     * Returns where something is served over HTTP without TLS.
     *
     * @param path with a slash before it
     */
    public URI http(String path) {
        return URI.create("http://localhost:" + httpPort + path);
    }

    /** Returns how long it took from its start until it was ready. */
    public Duration startTime() {
        return startTime;
    }

    /** Returns its process. */
    public ProcessHandle handle() {
        return process.handle();
    }

    /**
     * Opens connections to it.
     *
     * @param count how many, at least 1
     */
    public Connections connect(int count) {
        return Connections.onLoopback(grpcPort, count);
    }

    /** As {@link #connect(int)}, spoken to like this. */
    public Connections connect(int count, Access access) {
        return Connections.onLoopback(grpcPort, count, access);
    }

    /** As {@link #connect(int)}, for those who do not read. */
    public Connections connectNarrow(int count) {
        return Connections.narrow(grpcPort, count);
    }

    @Override
    public void close() {
        process.close();
    }

    private static boolean ready(HttpClient client, URI readiness) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(readiness).timeout(Duration.ofSeconds(2)).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
