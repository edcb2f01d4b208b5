package io.aftercall.bench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that was started here and ends with what it was started for. */
public final class OwnProcess implements AutoCloseable {
    private static final long STOP_SECONDS = 10;
    private static final long PAUSE_MILLIS = 10;

    private final Process process;
    private final Path log;

    private OwnProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Something to wait for. */
    public interface Condition {
        /** Returns whether it holds. */
        boolean holds() throws InterruptedException;
    }

    /**
     * Starts a command.
     *
     * @param log where its output is appended
     * @param environment variables beside those of this process
     */
    public static OwnProcess start(Path log, Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new OwnProcess(builder.start(), log);
    }

    /** Starts a server and returns when it takes connections on this port of 127.0.0.1. */
    public static OwnProcess listening(int port, Path log, String... command) throws IOException, InterruptedException {
        OwnProcess process = start(log, Map.of(), command);
        process.await(Duration.ofSeconds(20), () -> connects(port));
        return process;
    }

    /**
     * Returns when the condition holds; otherwise ends the process.
     *
     * @throws IOException when the process ends before, or it takes longer than this; with what it said last
     */
    public void await(Duration atMost, Condition condition) throws IOException, InterruptedException {
        boolean holds = false;
        try {
            long end = System.nanoTime() + atMost.toNanos();
            while (!(holds = condition.holds())) {
                if (!process.isAlive() || System.nanoTime() - end > 0) {
                    throw new IOException(
                            process.info().command().orElse("A process") + " did not start: " + lastWords());
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } finally {
            if (!holds) {
                close();
            }
        }
    }

    /** Returns its handle. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Asks the process to end, and after ten seconds makes it. */
    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, STOP_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
        process.onExit().join();
    }

    private String lastWords() throws IOException {
        String all = Files.readString(log).strip();
        return all.substring(Math.max(0, all.length() - 500));
    }

    private static boolean connects(int port) {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
