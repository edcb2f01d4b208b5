package io.aftercall.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a server that was killed leaves behind: a running PostgreSQL, or only the file with its process id. */
final class OrphanPostmaster {

    private OrphanPostmaster() {}

    /** Only for the holder of the {@link DataDirectoryLock}: without it every PostgreSQL would look like an orphan. */
    static void clearAway(PostgresFiles files, PostgresPrograms programs) throws IOException {
        if (Files.notExists(files.postmasterPid())) {
            return;
        }
        List<String> lines = Files.readAllLines(files.postmasterPid());
        Optional<ProcessHandle> named = ProcessHandle.of(Long.parseLong(lines.get(0)));
        if (named.isEmpty()) {
            return; // PostgreSQL sees for itself that the file is stale, and looks for survivors with the help of it.
        }
        if (isPostmasterOn(lines.get(1), named.get())) {
            programs.stop(files, "fast");
        } else {
            // The id is another process's by now, which PostgreSQL would take for a living postmaster.
            Files.delete(files.postmasterPid());
        }
    }

    private static boolean isPostmasterOn(String dataDirectory, ProcessHandle process) {
        String[] arguments = process.info().arguments().orElse(new String[0]);
        return Arrays.asList(arguments).contains(dataDirectory);
    }
}
