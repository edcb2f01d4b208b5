package io.aftercall.boot;

import io.aftercall.store.RoleScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.UUID;

/**
 * A PostgreSQL of the server's own, for development and trial. It keeps its data over restarts, commits durably,
 * listens on 127.0.0.1 only and asks for a random password that lies beside the data.
 *
 * <p>It is a process of its own: it outlives a JVM that is killed, and the next start on the same data stops it first.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** A superuser, who owns the tables and migrates them. */
    public static final String OWNER = "postgres";

    /** Whom the server works as. */
    public static final String USER = "aftercall";

    private static final String HOST = "127.0.0.1";

    private final PostgresFiles files;
    private final PostgresPrograms programs;
    private final DataDirectoryLock lock;
    private final int port;
    private final String password;
    private boolean stopped;

    private EmbeddedPostgres(PostgresFiles files, PostgresPrograms programs, DataDirectoryLock lock, int port)
            throws IOException {
        this.files = files;
        this.programs = programs;
        this.lock = lock;
        this.port = port;
        this.password = Files.readString(files.password());
    }

    /**
     * Returns when the database takes connections.
     *
     * @throws StartRefused when another server uses the data, the port is taken, or PostgreSQL does not start
     */
    public static EmbeddedPostgres start(EmbeddedPostgresSettings settings) {
        PostgresFiles files = new PostgresFiles(settings.dataDirectory());
        try {
            Files.createDirectories(files.data().getParent());
            DataDirectoryLock lock = DataDirectoryLock.acquire(files);
            try {
                return start(settings, files, lock);
            } catch (IOException | RuntimeException e) {
                lock.release();
                throw e;
            }
        } catch (IOException e) {
            throw new StartRefused(
                    "The embedded PostgreSQL on " + files.data() + " did not start, see " + files.log() + ": " + e, e);
        }
    }

    private static EmbeddedPostgres start(
            EmbeddedPostgresSettings settings, PostgresFiles files, DataDirectoryLock lock) throws IOException {
        PostgresPrograms programs = new PostgresPrograms(PostgresArchive.unpackInto(files.programs()));
        OrphanPostmaster.clearAway(files, programs);
        WholeDirectory.fillOnce(files.data(), unfinished -> {
            writeRandomPassword(files.password());
            programs.initialise(unfinished, OWNER, files.password());
        });
        int port = bindable(settings.port());
        EmbeddedPostgres postgres = new EmbeddedPostgres(files, programs, lock, port);
        programs.start(files, HOST, port, settings.parameters());
        RoleScript.run(postgres.urls().jdbc(), OWNER, postgres.password(), USER);
        return postgres;
    }

    private static void writeRandomPassword(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, UUID.randomUUID().toString());
    }

    private static int bindable(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new StartRefused("Port " + port + " of " + HOST + " is taken: set "
                    + EmbeddedPostgresSettings.PORT_KEY + " to another, or to 0 for any free one.");
        }
    }

    public int port() {
        return port;
    }

    /** Of both users. */
    public String password() {
        return password;
    }

    public DatabaseUrls urls() {
        return DatabaseUrls.at(HOST + ":" + port + "/postgres");
    }

    /** What a server is configured with to work on it. */
    public Map<String, String> settings() {
        return Map.of(
                DatabaseUrls.REACTIVE_KEY,
                urls().reactive(),
                DatabaseUrls.JDBC_KEY,
                urls().jdbc(),
                "quarkus.datasource.username",
                USER,
                "quarkus.datasource.password",
                password,
                "quarkus.flyway.username",
                OWNER,
                "quarkus.flyway.password",
                password);
    }

    /** Disconnects all clients, writes everything down and returns when the process has ended. May be repeated. */
    public void stop() {
        stop("fast");
    }

    /** As if the machine had lost power, save that the operating system lives on: the next start recovers. */
    public void stopImmediately() {
        stop("immediate");
    }

    @Override
    public void close() {
        stop();
    }

    private synchronized void stop(String mode) {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            programs.stop(files, mode);
            lock.release();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
