package io.aftercall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code mvn test -Dtest=ConfigurationReferenceTest -Dconfiguration.write} brings the document up to date. */
class ConfigurationReferenceTest {

    private static final Path SOURCE = Path.of("src/main/java/io/aftercall/boot/AftercallConfig.java");
    private static final Path DOCUMENT = Path.of("docs/configuration.md");
    private static final String FIRST = "### `aftercall.";

    @Test
    void theDocumentSaysWhatTheCodeReads() throws IOException {
        String document = Files.readString(DOCUMENT);
        String current =
                document.substring(0, document.indexOf(FIRST)) + ConfigurationReference.of(SOURCE, "aftercall");
        if (System.getProperty("configuration.write") != null) {
            Files.writeString(DOCUMENT, current);
        }

        assertThat(Files.readString(DOCUMENT)).isEqualTo(current);
    }
}
