package io.aftercall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

class EmbeddedPostgresTest {

    /** All data in one parent, where they share the unpacked programs. */
    static class InTarget implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws IOException {
            Path parent = Files.createDirectories(Path.of("target", "embedded-postgres"));
            return Files.createTempDirectory(parent, "data-");
        }
    }

    /** One for all tests, since making it takes a second. */
    @TempDir(factory = InTarget.class)
    static Path dataDirectory;

    private EmbeddedPostgres postgres;

    @BeforeEach
    void start() {
        postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(dataDirectory));
    }

    @AfterEach
    void stop() {
        postgres.stop();
    }

    @Test
    void dataSurviveStopAndStart() throws SQLException {
        execute(postgres, "CREATE TABLE before_stop AS SELECT 'kept' AS note");

        postgres.stop();
        start();

        assertThat(query("SELECT note FROM before_stop")).isEqualTo("kept");
    }

    @Test
    void whatWasCommittedSurvivesAnImmediateStop() throws SQLException {
        execute(postgres, "CREATE TABLE before_crash AS SELECT 'kept' AS note");

        postgres.stopImmediately();
        start();

        assertThat(query("SELECT note FROM before_crash")).isEqualTo("kept");
    }

    @Test
    void aSecondStartOnTheSameDataIsRefusedWhileTheFirstLives() throws SQLException {
        assertThatThrownBy(() -> EmbeddedPostgres.start(EmbeddedPostgresSettings.in(dataDirectory)))
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith(
                        "Another Aftercall server is running on the data in " + dataDirectory.toAbsolutePath());

        assertThat(query("SELECT 'unharmed'")).isEqualTo("unharmed");
    }

    @Test
    void aSecondProcessOnTheSameDataIsRefusedEvenAfterASecondStartWas() throws Exception {
        assertThatThrownBy(() -> EmbeddedPostgres.start(EmbeddedPostgresSettings.in(dataDirectory)));

        Process second = abandonedServer();

        assertThat(second.inputReader().lines()).anyMatch(line -> line.contains("Another Aftercall server"));
        assertThat(second.waitFor()).isEqualTo(1);
    }

    @Test
    void anOrphanLeftByAKilledServerIsTakenOverWithWhatItCommitted() throws Exception {
        postgres.stop();
        Process server = abandonedServer();
        BufferedReader output = server.inputReader();
        assertThat(output.readLine()).isEqualTo("committed");
        ProcessHandle orphan = postmaster();

        server.destroyForcibly().waitFor();
        assertThat(orphan.isAlive()).isTrue();
        start();

        assertThat(orphan.onExit()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(query("SELECT note FROM before_kill")).isEqualTo("kept");
    }

    @Test
    void aStalePidFileThatNamesAForeignProcessDoesNotBlock() throws Exception {
        Path pidFile = dataDirectory.resolve("postmaster.pid");
        List<String> lines = Files.readAllLines(pidFile);
        postgres.stop();
        lines.set(
                0, String.valueOf(ProcessHandle.current().parent().orElseThrow().pid()));
        Files.write(pidFile, lines);

        start();

        assertThat(query("SELECT 'started'")).isEqualTo("started");
    }

    @Test
    void commitsAreDurableAndTimestamped() throws SQLException {
        assertThat(query("SELECT string_agg(name || ' ' || setting, ', ' ORDER BY name) FROM pg_settings WHERE name IN"
                        + " ('fsync', 'full_page_writes', 'synchronous_commit', 'track_commit_timestamp')"))
                .isEqualTo("fsync on, full_page_writes on, synchronous_commit on, track_commit_timestamp on");
    }

    @Test
    void aGivenParameterIsSet() throws SQLException {
        postgres.stop();
        postgres = EmbeddedPostgres.start(
                EmbeddedPostgresSettings.in(dataDirectory).with("search_path", "one, two"));

        assertThat(query("SHOW search_path")).isEqualTo("one, two");
    }

    @Test
    void aWrongPasswordIsRejectedAndTheRightOneIsItsOwnersOnly() throws IOException {
        assertThatThrownBy(() -> DriverManager.getConnection(postgres.urls().jdbc(), EmbeddedPostgres.OWNER, "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");

        Path passwordFile = dataDirectory.resolveSibling(dataDirectory.getFileName() + ".password");
        assertThat(Files.readString(passwordFile)).isEqualTo(postgres.password());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passwordFile)))
                .isEqualTo("rw-------");
    }

    @Test
    void aTakenPortIsRefusedWithTheSettingToChange() throws IOException {
        postgres.stop();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            EmbeddedPostgresSettings settings =
                    EmbeddedPostgresSettings.in(dataDirectory).onPort(taken.getLocalPort());

            assertThatThrownBy(() -> EmbeddedPostgres.start(settings))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("aftercall.embedded-postgres.port");
        }
    }

    @Test
    void aParameterPostgresRejectsIsRefusedAtOnceWithTheLogToRead() {
        postgres.stop();

        assertThatThrownBy(() -> EmbeddedPostgres.start(
                        EmbeddedPostgresSettings.in(dataDirectory).with("shared_buffers", "much")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(dataDirectory.getFileName() + ".log");

        start();
    }

    private Process abandonedServer() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AbandonedServer.class.getName(),
                        dataDirectory.toString())
                .redirectErrorStream(true)
                .start();
    }

    private ProcessHandle postmaster() throws IOException {
        String id = Files.readAllLines(dataDirectory.resolve("postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(id)).orElseThrow();
    }

    static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres)) {
            connection.createStatement().execute(sql);
        }
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = connect(postgres)) {
            ResultSet row = connection.createStatement().executeQuery(sql);
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.urls().jdbc(), EmbeddedPostgres.OWNER, postgres.password());
    }
}
