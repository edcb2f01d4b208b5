package io.aftercall.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the tests of a run have told servers that must not be told on; written down for {@link LogsIT}. */
public final class SecretsInUse {

    static final Path FILE = Path.of("target", "secrets-in-use");

    /** Shorter words stand in every log by themselves. */
    private static final int SHORTEST = 8;

    /** Long notes are looked for by their beginning. */
    private static final int LONGEST = 60;

    private static final Set<String> WRITTEN = ConcurrentHashMap.newKeySet();

    private SecretsInUse() {}

    /** Writes it down, each line by itself. */
    public static void add(String secret) {
        List<String> fresh = secret.lines()
                .map(line ->
                        line.strip().substring(0, Math.min(LONGEST, line.strip().length())))
                .filter(line -> line.length() >= SHORTEST)
                .filter(WRITTEN::add)
                .toList();
        if (fresh.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(
                    FILE,
                    fresh.stream().collect(Collectors.joining("\n", "", "\n")),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that was written down in this run, by whichever process. */
    static Set<String> all() throws IOException {
        try (Stream<String> lines = Files.lines(FILE)) {
            return lines.collect(Collectors.toSet());
        }
    }
}
