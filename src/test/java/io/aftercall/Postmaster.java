package io.aftercall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The PostgreSQL process on the data of a {@link ServerProcess}, to be stopped and started behind its back. */
final class Postmaster {

    private final Path data;
    private final ProcessHandle process;
    private final String port;

    private Postmaster(Path data, ProcessHandle process, String port) {
        this.data = data;
        this.process = process;
        this.port = port;
    }

    static Postmaster on(Path data) throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
        ProcessHandle process = ProcessHandle.of(Long.parseLong(lines.get(0))).orElse(null);
        return new Postmaster(data, process, lines.get(3));
    }

    String port() {
        return port;
    }

    void stop() throws IOException {
        signal("INT");
    }

    /** As if it had crashed. */
    void stopImmediately() throws IOException {
        signal("QUIT");
    }

    /** Starts PostgreSQL on the same data and port; returns when it takes connections. */
    void startAgain() throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL refuses to run as root.
            command.addAll(List.of("unshare", "--user"));
        }
        command.addAll(List.of(
                pgCtl().toString(),
                "start",
                "--pgdata=" + data.toAbsolutePath(),
                "--wait",
                "--log=" + data.resolveSibling(data.getFileName() + ".log").toAbsolutePath(),
                "--options=-p " + port + " -h 127.0.0.1 -k ''"));
        run(command);
    }

    private void signal(String name) throws IOException {
        if (process != null && process.isAlive()) {
            run(List.of("kill", "-" + name, Long.toString(process.pid())));
            process.onExit().join();
        }
    }

    private Path pgCtl() throws IOException {
        try (Stream<Path> unpacked = Files.list(data.resolveSibling("postgres-programs"))) {
            return unpacked.map(version -> version.resolve("bin").resolve("pg_ctl"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }

    private static void run(List<String> command) throws IOException {
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        int exitCode = started.onExit().join().exitValue();
        if (exitCode != 0) {
            throw new IOException(command + " ended with " + exitCode);
        }
    }
}
