package io.aftercall.bench.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the process behind a port of this machine, as far as {@code /proc} shows it to this user. */
public final class Listener {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";

    private Listener() {}

    /** Returns the process that listens on this TCP port; empty if there is none, or no {@code /proc}. */
    public static Optional<ProcessHandle> on(int port) throws IOException {
        Set<String> sockets = Stream.concat(
                        lines(PROC.resolve("net/tcp")).stream(), lines(PROC.resolve("net/tcp6")).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields[1].endsWith(":%04X".formatted(port)) && fields[3].equals(LISTENING))
                .map(fields -> "socket:[" + fields[9] + "]")
                .collect(Collectors.toSet());
        return sockets.isEmpty()
                ? Optional.empty()
                : ProcessHandle.allProcesses()
                        .filter(process -> holdsAny(process, sockets))
                        .findFirst();
    }

    private static List<String> lines(Path table) throws IOException {
        return Files.exists(table) ? Files.readAllLines(table) : List.of();
    }

    private static boolean holdsAny(ProcessHandle process, Set<String> sockets) {
        Path descriptors = PROC.resolve(process.pid() + "/fd");
        try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : open) {
                if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
            return false;
        } catch (IOException gone) {
            // It ended or closed the file meanwhile, or belongs to somebody else.
            return false;
        }
    }
}
