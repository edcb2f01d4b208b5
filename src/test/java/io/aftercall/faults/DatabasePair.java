package io.aftercall.faults;

import io.aftercall.boot.EmbeddedPostgres;
import io.aftercall.boot.EmbeddedPostgresSettings;
import io.aftercall.rpc.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

/** A primary, and on a copy of its data either a standby that follows it or what a backup is restored to. */
final class DatabasePair implements AutoCloseable {

    private final Path primaryData;
    private final Path copyData;
    private final int primaryPort = FreePorts.free();
    private final int copyPort = FreePorts.free();
    private EmbeddedPostgres primary;
    private EmbeddedPostgres copy;

    private DatabasePair(Path parent) throws IOException {
        primaryData = Files.createTempDirectory(parent, "primary-");
        copyData = parent.resolve(primaryData.getFileName() + "-copy");
        restartPrimary();
    }

    static DatabasePair create() throws IOException {
        return new DatabasePair(Files.createDirectories(Path.of("target", "embedded-postgres")));
    }

    int primaryPort() {
        return primaryPort;
    }

    int standbyPort() {
        return copyPort;
    }

    String password() {
        return primary.password();
    }

    /** Stops the primary for a copy of its data. */
    void backUp() throws IOException {
        primary.stop();
        try (Stream<Path> files = Files.walk(primaryData)) {
            files.forEach(this::copy);
        }
        Files.copy(beside(primaryData), beside(copyData));
    }

    void restartPrimary() {
        primary =
                EmbeddedPostgres.start(EmbeddedPostgresSettings.in(primaryData).onPort(primaryPort));
    }

    /** The primary is gone; on the copy there is what was when it was made. */
    void restoreBackup() {
        primary.stopImmediately();
        copy = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(copyData).onPort(copyPort));
    }

    /** The copy becomes a standby without which the primary commits nothing. */
    void follow() throws IOException {
        backUp();
        Files.createFile(copyData.resolve("standby.signal"));
        primary = EmbeddedPostgres.start(
                EmbeddedPostgresSettings.in(primaryData).onPort(primaryPort).with("synchronous_standby_names", "*"));
        copy = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(copyData)
                .onPort(copyPort)
                .with(
                        "primary_conninfo",
                        "host=127.0.0.1 port=%d user=%s password=%s"
                                .formatted(primaryPort, EmbeddedPostgres.OWNER, primary.password())));
    }

    void promoteAfterCrash() throws SQLException {
        primary.stopImmediately();
        try (Connection connection =
                        DriverManager.getConnection(copy.urls().jdbc(), EmbeddedPostgres.OWNER, copy.password());
                Statement promote = connection.createStatement()) {
            promote.execute("SELECT pg_promote()");
        }
    }

    @Override
    public void close() {
        primary.stop();
        if (copy != null) {
            copy.stop();
        }
    }

    private void copy(Path file) {
        try {
            Files.copy(
                    file,
                    copyData.resolve(primaryData.relativize(file).toString()),
                    StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the password lies. */
    private static Path beside(Path data) {
        return data.resolveSibling(data.getFileName() + ".password");
    }
}
