package io.aftercall.boot;

import java.nio.file.Path;

/**
 * Where an embedded PostgreSQL keeps its data and, beside them, what belongs to them.
 *
 * @param data the data directory, absolute
 */
record PostgresFiles(Path data) {

    PostgresFiles {
        data = data.toAbsolutePath().normalize();
    }

    /** Held by the one server that may use the data. */
    Path lock() {
        return beside(".lock");
    }

    /** The password of both users, readable by its owner only. */
    Path password() {
        return beside(".password");
    }

    /** What PostgreSQL says, appended. */
    Path log() {
        return beside(".log");
    }

    /** The unpacked programs; data directories with the same parent share them. */
    Path programs() {
        return data.resolveSibling("postgres-programs");
    }

    /** Names the running postmaster: its process id on line 1, its data directory on line 2. */
    Path postmasterPid() {
        return data.resolve("postmaster.pid");
    }

    private Path beside(String suffix) {
        return data.resolveSibling(data.getFileName() + suffix);
    }
}
