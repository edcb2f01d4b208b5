package io.aftercall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is asked of the package before anything else. */
class VersionIT {

    @Test
    void isSaidWithoutStartingAnything() throws IOException {
        String version = Files.readString(Path.of("target", "classes", "version.txt"));

        try (ServerProcess asked = ServerProcess.onFreshData().run("--version")) {
            assertThat(asked.log()).containsExactly("aftercall " + version.strip());
        }
    }
}
