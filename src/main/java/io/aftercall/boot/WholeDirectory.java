package io.aftercall.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Makes a directory whose content is there whole or not at all, even when the process is killed half-way. */
final class WholeDirectory {

    interface Filling {
        void fill(Path emptyDirectory) throws IOException;
    }

    private WholeDirectory() {}

    /** Does nothing to a directory that has content. What a killed process left stays, as {@code .unfinished-}. */
    static void fillOnce(Path directory, Filling filling) throws IOException {
        String[] content = directory.toFile().list();
        if (content != null && content.length > 0) {
            return;
        }
        Path unfinished = Files.createTempDirectory(directory.getParent(), directory.getFileName() + ".unfinished-");
        filling.fill(unfinished);
        Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
    }
}
