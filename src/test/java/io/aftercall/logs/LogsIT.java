package io.aftercall.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Runs after all other tests: nothing that they logged, or their servers, tells what nobody may read there. */
class LogsIT {

    private static final Path DATABASES = Path.of("target", "embedded-postgres");
    private static final List<Path> REPORTS =
            List.of(Path.of("target", "surefire-reports"), Path.of("target", "failsafe-reports"));

    /** A token: two parts of JSON in Base64 and a signature, or the beginning of one. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]{8,}\\.eyJ");

    private static final Pattern PRIVATE_KEY = Pattern.compile("BEGIN [A-Z ]*PRIVATE KEY");

    @Test
    @EnabledIf("othersHaveRun")
    void tellNoSecrets() throws IOException {
        List<Path> logs = Stream.concat(
                        REPORTS.stream().flatMap(reports -> files(reports, "-output.txt")), files(DATABASES, ".log"))
                .toList();
        Set<String> secrets = new HashSet<>();
        SecretsInUse.all().stream().map(LogsIT::asRead).forEach(secrets::add);
        files(DATABASES, ".password").map(LogsIT::read).map(String::strip).forEach(secrets::add);
        assertThat(logs).as("logs of tests").anyMatch(log -> log.startsWith(REPORTS.get(0)));
        assertThat(logs).as("logs of servers").anyMatch(log -> log.toString().endsWith(".server.log"));
        assertThat(secrets).as("secrets").isNotEmpty();

        // Says where, and not what.
        assertThat(logs.stream().filter(log -> tells(read(log), secrets)).toList())
                .as("logs with a secret")
                .isEmpty();
    }

    /** Whoever runs one test of servers alone has nothing to search. */
    static boolean othersHaveRun() {
        return Files.exists(SecretsInUse.FILE);
    }

    private static boolean tells(String log, Set<String> secrets) {
        return TOKEN.matcher(log).find()
                || PRIVATE_KEY.matcher(log).find()
                || secrets.stream().anyMatch(log::contains);
    }

    /** As it stands in a log that is read like this: byte by byte, as there may be anything in one. */
    private static String asRead(String secret) {
        return new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static Stream<Path> files(Path directory, String ending) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending)).collect(Collectors.toList()).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without the command that the launcher of packaged servers prints: it is no log of ours, and has their settings. */
    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).replaceAll("(?m)^Executing \".*", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
