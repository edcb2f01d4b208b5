package io.aftercall.boot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right of one server to use a data directory. It ends with the process however that dies, so whoever holds it
 * knows that a PostgreSQL still running on the data is an orphan.
 */
final class DataDirectoryLock {

    /** The JVM that holds a lock must not open its file again: closing any channel on it would release the lock. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DataDirectoryLock(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** @throws StartRefused when another server holds it */
    static DataDirectoryLock acquire(PostgresFiles files) throws IOException {
        if (!HELD_HERE.add(files.lock())) {
            throw inUse(files);
        }
        DataDirectoryLock lock = new DataDirectoryLock(files.lock());
        if (lock.channel.tryLock() == null) {
            lock.release();
            throw inUse(files);
        }
        return lock;
    }

    void release() throws IOException {
        channel.close();
        HELD_HERE.remove(file);
    }

    private static StartRefused inUse(PostgresFiles files) {
        return new StartRefused("Another Aftercall server is running on the data in " + files.data() + ": stop it, give"
                + " this one its own " + EmbeddedPostgresSettings.DATA_DIRECTORY_KEY
                + ", or set QUARKUS_DATASOURCE_REACTIVE_URL so that both use one PostgreSQL.");
    }
}
