package io.aftercall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeDirectoryTest {

    @TempDir
    Path parent;

    @Test
    void aFillingThatBreaksOffLeavesNoDirectoryAndTheNextBeginsAfresh() throws IOException {
        Path directory = parent.resolve("data");

        assertThatThrownBy(() -> WholeDirectory.fillOnce(directory, unfinished -> {
                    Files.createFile(unfinished.resolve("half"));
                    throw new IOException("killed");
                }))
                .hasMessage("killed");
        assertThat(directory).doesNotExist();

        WholeDirectory.fillOnce(directory, unfinished -> Files.createFile(unfinished.resolve("whole")));
        assertThat(directory.toFile().list()).containsExactly("whole");
    }

    @Test
    void anEmptyDirectoryIsFilledAndAFilledOneLeftAlone() throws IOException {
        WholeDirectory.fillOnce(parent, unfinished -> Files.createFile(unfinished.resolve("first")));
        WholeDirectory.fillOnce(parent, unfinished -> Files.createFile(unfinished.resolve("second")));

        assertThat(parent.toFile().list()).containsExactly("first");
    }
}
