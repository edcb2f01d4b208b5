package io.aftercall.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packages of Debian that bring the servers to compare with. */
public final class DebianPackages {
    private static final Map<String, String> PROGRAM_OF = new TreeMap<>(Map.of(
            "etcd-server", "etcd",
            "redis-server", "redis-server",
            "nats-server", "nats-server"));

    private DebianPackages() {}

    /** Returns the packages whose programs are not here. */
    public static List<String> missing() throws IOException {
        List<String> missing = PROGRAM_OF.entrySet().stream()
                .filter(entry -> !onPath(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(ArrayList::new));
        if (Pgbench.program().isEmpty()) {
            missing.add("postgresql");
        }
        return missing;
    }

    /** Returns the command that installs packages; it wants to be run as root. */
    public static List<String> installation(List<String> packages) {
        return Stream.concat(Stream.of("apt-get", "install", "--yes", "--no-install-recommends"), packages.stream())
                .toList();
    }

    /**
     * Installs packages, in sight of the user.
     *
     * @throws IOException when that fails
     */
    public static void install(List<String> packages) throws IOException, InterruptedException {
        int exitCode =
                new ProcessBuilder(installation(packages)).inheritIO().start().waitFor();
        if (exitCode != 0) {
            throw new IOException("apt-get ended with exit code " + exitCode);
        }
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
