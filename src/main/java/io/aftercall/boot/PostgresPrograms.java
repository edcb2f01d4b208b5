package io.aftercall.boot;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs PostgreSQL's own programs to make, start and stop a database. */
final class PostgresPrograms {

    /** Recovery after a crash may take minutes; a postmaster that dies ends the waiting at once. */
    private static final int START_PATIENCE_SECONDS = 600;

    private static final int STOP_PATIENCE_SECONDS = 60;

    private final Path bin;

    PostgresPrograms(Path unpacked) {
        this.bin = unpacked.resolve("bin");
    }

    /** The collation is by code point, the same on every platform. */
    void initialise(Path dataDirectory, String user, Path passwordFile) throws IOException {
        run(
                "initdb",
                "--pgdata=" + dataDirectory,
                "--username=" + user,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
    }

    /** Returns when PostgreSQL takes connections. It runs in a session of its own, so Ctrl-C does not reach it. */
    void start(PostgresFiles files, String host, int port, Map<String, String> parameters) throws IOException {
        String options = parameters.entrySet().stream()
                .map(parameter -> " -c %s='%s'".formatted(parameter.getKey(), parameter.getValue()))
                .collect(Collectors.joining("", "-p %d -h %s -k ''".formatted(port, host), ""));
        pgCtl("start", files, START_PATIENCE_SECONDS, "--log=" + files.log(), "--options=" + options);
    }

    /** @param mode {@code fast}: clients are disconnected; {@code immediate}: as if it had crashed */
    void stop(PostgresFiles files, String mode) throws IOException {
        pgCtl("stop", files, STOP_PATIENCE_SECONDS, "--mode=" + mode);
    }

    private void pgCtl(String action, PostgresFiles files, int patienceSeconds, String... arguments)
            throws IOException {
        List<String> all =
                new ArrayList<>(List.of(action, "--pgdata=" + files.data(), "--wait", "--timeout=" + patienceSeconds));
        all.addAll(List.of(arguments));
        run("pg_ctl", all.toArray(String[]::new));
    }

    private void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (new UnixSystem().getUid() == 0) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, on the same files.
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(program + " said: " + output.strip());
        }
    }
}
