package io.aftercall.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One of the routers in {@code examples}, run as its readers run it. */
final class ExampleRouter implements AutoCloseable {

    private static final Path EXAMPLES = Path.of("examples");
    private static final Pattern REVISION = Pattern.compile("r(\\d+) .*");
    private static final Pattern SNAPSHOT = Pattern.compile("r\\d+ \\d+ agents");

    private final Process process;
    private final PrintStream telephony;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /**
     * Returns at once.
     *
     * @param directory below {@code examples}
     */
    ExampleRouter(String directory, Map<String, String> environment, String... command) throws IOException {
        process = start(directory, environment, command);
        telephony = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        collect(process.getInputStream(), said);
        collect(process.getErrorStream(), complaints);
    }

    static Process start(String directory, Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(EXAMPLES.resolve(directory).toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static void collect(InputStream output, List<String> lines) {
        Thread reader = new Thread(() -> {
            try (BufferedReader text = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
                text.lines().forEach(lines::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    void happens(String line) {
        telephony.println(line);
    }

    List<String> said() {
        return said;
    }

    List<String> complaints() {
        return complaints;
    }

    List<String> snapshots() {
        return said.stream().filter(line -> SNAPSHOT.matcher(line).matches()).toList();
    }

    /** What it has seen of agents since its snapshot, in its order. */
    List<String> changes() {
        return said.stream()
                .filter(line -> REVISION.matcher(line).matches())
                .filter(line -> !SNAPSHOT.matcher(line).matches())
                .toList();
    }

    static long revision(String line) {
        var revision = REVISION.matcher(line);
        return revision.matches() ? Long.parseLong(revision.group(1)) : -1;
    }

    /** Nothing comes from its telephony any more; returns with what code it ends. */
    int end() {
        telephony.close();
        return process.onExit().orTimeout(20, TimeUnit.SECONDS).join().exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
