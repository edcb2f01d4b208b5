package io.aftercall;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.boot.EmbeddedPostgres;
import io.aftercall.boot.EmbeddedPostgresSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever migrates is not whoever serves: each has his own password, in files, as in Kubernetes. */
class MigrationIT {

    private static final String OWNER = "aftercall_owner";

    private static EmbeddedPostgres postgres;
    private static ServerProcess migrating;
    private static ServerProcess refusing;

    /** Processes that take some seconds each, side by side. */
    @BeforeAll
    static void start() throws IOException, SQLException {
        Path parent = Files.createDirectories(Path.of("target", "embedded-postgres"));
        postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(Files.createTempDirectory(parent, "migration-")));
        in(
                "postgres",
                "ALTER ROLE aftercall_owner LOGIN PASSWORD '" + postgres.password() + "'",
                "CREATE DATABASE fresh OWNER aftercall_owner",
                "CREATE DATABASE old OWNER aftercall_owner");
        migrating = owner("fresh").begin("--migrate");
        refusing = server("old").begin();
    }

    @AfterAll
    static void stop() throws IOException {
        migrating.close();
        refusing.close();
        postgres.stop();
    }

    private static void in(String database, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + database,
                        EmbeddedPostgres.OWNER,
                        postgres.password());
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static ServerProcess process(String database, Map<String, String> secrets) throws IOException {
        Path directory = Files.createTempDirectory(Path.of("target"), "secrets-");
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            Files.writeString(directory.resolve(secret.getKey()), secret.getValue());
        }
        return ServerProcess.over(postgres.port(), postgres.password())
                .without("QUARKUS_DATASOURCE_USERNAME")
                .without("QUARKUS_DATASOURCE_PASSWORD")
                .without("QUARKUS_FLYWAY_USERNAME")
                .without("QUARKUS_FLYWAY_PASSWORD")
                .with("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://127.0.0.1:" + postgres.port() + "/" + database)
                .with("QUARKUS_FLYWAY_MIGRATE_AT_START", "false")
                .with(
                        "SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS",
                        directory.toAbsolutePath().toString());
    }

    private static ServerProcess owner(String database) throws IOException {
        return process(
                database, Map.of("quarkus.flyway.username", OWNER, "quarkus.flyway.password", postgres.password()));
    }

    private static ServerProcess server(String database) throws IOException {
        return process(
                database,
                Map.of(
                        "quarkus.datasource.username",
                        EmbeddedPostgres.USER,
                        "quarkus.datasource.password",
                        postgres.password()));
    }

    @Test
    void theOwnerMigratesWithoutServing() throws Exception {
        assertThat(migrating.exitCode()).isZero();
        assertThat(migrating.log())
                .anyMatch(line -> line.contains("Successfully applied"))
                .noneMatch(line -> line.contains("Listening") || line.contains("gRPC Server"));
    }

    @Test
    void aServerWithoutHisPasswordRefusesTablesThatAreTooOld() throws Exception {
        assertThat(refusing.exitCode()).isEqualTo(1);
        assertThat(refusing.log())
                .anyMatch(line ->
                        line.contains("The tables are older than this server needs") && line.contains("--migrate"));
    }
}
