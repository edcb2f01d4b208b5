package io.aftercall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.boot.EmbeddedPostgres;
import io.aftercall.rpc.Client;
import io.aftercall.rpc.FreePorts;
import io.aftercall.security.TlsHandshake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged server as a process of its own, on a data directory and ports of its own. */
public final class ServerProcess implements AutoCloseable {

    static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(15);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final HttpClient TRUSTING =
            HttpClient.newBuilder().sslContext(TlsHandshake.trusting()).build();

    private final Path data;
    private final Map<String, String> settings;
    private final Map<String, String> properties = new HashMap<>();
    private final int httpPort = FreePorts.free();
    private final int grpcPort = FreePorts.free();
    private final int managementPort = FreePorts.free();
    private final int databasePort = FreePorts.free();
    private Path jar = JAR;
    private String jvmOption;
    private Process process;

    private ServerProcess(Path data, Map<String, String> settings) {
        this.data = data;
        this.settings = new HashMap<>(settings);
    }

    /** All data in one parent, where they share the unpacked programs. */
    public static ServerProcess onFreshData() throws IOException {
        return on(Map.of());
    }

    /** Another replica on the database of one that runs. */
    public static ServerProcess beside(ServerProcess other) throws IOException {
        return on(other.database());
    }

    /** The settings that another replica reaches the database by. */
    public Map<String, String> database() throws IOException {
        String password = Files.readString(data.resolveSibling(data.getFileName() + ".password"))
                .strip();
        return settings(postmaster().port(), password);
    }

    /** On a database of the test's own, with the users of an embedded one. */
    public static ServerProcess over(int databasePort, String password) throws IOException {
        return on(settings(Integer.toString(databasePort), password));
    }

    private static ServerProcess on(Map<String, String> settings) throws IOException {
        Path parent = Files.createDirectories(Path.of("target", "embedded-postgres"));
        return new ServerProcess(Files.createTempDirectory(parent, "server-"), settings);
    }

    private static Map<String, String> settings(String databasePort, String password) {
        return Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                "postgresql://127.0.0.1:" + databasePort + "/postgres",
                "QUARKUS_DATASOURCE_USERNAME",
                EmbeddedPostgres.USER,
                "QUARKUS_DATASOURCE_PASSWORD",
                password,
                "QUARKUS_FLYWAY_USERNAME",
                EmbeddedPostgres.OWNER,
                "QUARKUS_FLYWAY_PASSWORD",
                password);
    }

    /** To be started with a setting, by its environment variable. */
    public ServerProcess with(String variable, String value) {
        settings.put(variable, value);
        return this;
    }

    /** To be started with settings, by their own names. */
    ServerProcess withProperties(Map<String, String> more) {
        properties.putAll(more);
        return this;
    }

    /** To be started without a setting that would be there. */
    ServerProcess without(String variable) {
        settings.remove(variable);
        return this;
    }

    /** With this option instead of the classes that are kept. */
    ServerProcess onJvm(String option) {
        jvmOption = option;
        return this;
    }

    /** Of another build, as its {@code target/quarkus-app} has it. */
    public ServerProcess from(Path app) {
        jar = app.resolve(JAR.getFileName());
        return onJvm("-Xshare:auto");
    }

    /** Returns when the server is ready; if that takes too long, stops it and fails. */
    public ServerProcess start() throws IOException {
        begin();
        try {
            awaitReadiness();
        } catch (RuntimeException | AssertionError late) {
            close();
            throw late;
        }
        return this;
    }

    /** Returns at once. */
    ServerProcess begin(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It lives for seconds: what the second compiler takes is not got back.
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=128m",
                "-XX:+UseSerialGC",
                jvmOption == null ? ClassArchive.option() : jvmOption,
                "-Dquarkus.profile=dev"));
        properties.forEach((name, value) -> command.add("-D" + name + '=' + value));
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .putAll(Map.of(
                        "AFTERCALL_EMBEDDED_POSTGRES_DATA_DIRECTORY", data.toString(),
                        "AFTERCALL_EMBEDDED_POSTGRES_PORT", Integer.toString(databasePort),
                        "QUARKUS_HTTP_PORT", Integer.toString(httpPort),
                        "QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort),
                        "QUARKUS_GRPC_SERVER_PORT", Integer.toString(grpcPort)));
        builder.environment().putAll(settings);
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling(data.getFileName() + ".server.log").toFile()));
        process = builder.start();
        return this;
    }

    /** Runs what ends by itself, and fails unless it succeeds. */
    public ServerProcess run(String... arguments) throws IOException {
        begin(arguments);
        assertThat(exitCode()).isZero();
        return this;
    }

    private void awaitReadiness() {
        await().atMost(START).pollInterval(Duration.ofMillis(50)).until(() -> {
            assertThat(process.isAlive()).as("the server lives").isTrue();
            return properties.containsKey("aftercall.tls.certificate")
                    ? answers(TRUSTING, "https", "ready") == 200
                    : answers("ready") == 200;
        });
    }

    public int grpcPort() {
        return grpcPort;
    }

    public int managementPort() {
        return managementPort;
    }

    public int httpPort() {
        return httpPort;
    }

    public Client client() {
        return new Client(grpcPort);
    }

    /** The status of {@code /q/health/live} or {@code ready}; 0 if nobody answers. */
    public int answers(String health) {
        return answers(HTTP, "http", health);
    }

    private int answers(HttpClient client, String scheme, String health) {
        URI probe = URI.create(scheme + "://localhost:" + httpPort + "/q/health/" + health);
        HttpRequest request =
                HttpRequest.newBuilder(probe).timeout(Duration.ofSeconds(2)).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException nobody) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    Postmaster postmaster() throws IOException {
        return Postmaster.on(data);
    }

    boolean hasPostmaster() {
        return Files.exists(data.resolve("postmaster.pid"));
    }

    public List<String> log() throws IOException {
        return Files.readAllLines(data.resolveSibling(data.getFileName() + ".server.log"));
    }

    /** As kill -9 does; its postmaster lives on. */
    public void killForcibly() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Stops the process where it is, as a long pause of the machine does. */
    public void pause() {
        signal("STOP");
    }

    /** Lets a paused process go on. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process sent = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            sent.onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The exit code of a server that ends by itself. */
    int exitCode() {
        return process.onExit()
                .orTimeout(START.toSeconds(), TimeUnit.SECONDS)
                .join()
                .exitValue();
    }

    /** Asks the server to stop and waits as long as it takes. */
    void end() {
        process.destroy();
        exitCode();
    }

    /** Asks the server to stop and returns its exit code; fails if it takes longer than it may. */
    public int terminate() {
        process.destroy();
        return process.onExit()
                .orTimeout(STOP.toSeconds(), TimeUnit.SECONDS)
                .join()
                .exitValue();
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            killForcibly();
        }
        if (hasPostmaster()) {
            postmaster().stop();
        }
    }
}
