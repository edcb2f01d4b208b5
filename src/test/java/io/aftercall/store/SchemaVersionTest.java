package io.aftercall.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaVersionTest {

    private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__\\w+\\.sql");

    @Test
    void aServerNeedsTheLastOfTheMigrationsThatItBrings() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            Stream<String> versions = files.map(file -> file.getFileName().toString())
                    .flatMap(name -> MIGRATION.matcher(name).results())
                    .map((MatchResult migration) -> migration.group(1));

            assertThat(versions.max(String::compareTo)).contains(SchemaVersion.NEEDED);
        }
    }
}
