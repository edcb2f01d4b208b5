package io.aftercall.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Makes a directory whose content is there whole or not at all, even when the process is killed half-way. */
final class WholeDirectory {

    /** Creates the directory it is given, with all its content. */
    interface Filling {
        void fill(Path directory) throws IOException;
    }

    private WholeDirectory() {}

    /** Does nothing to a directory that has content already. */
    static void fillOnce(Path directory, Filling filling) throws IOException {
        String[] content = directory.toFile().list();
        if (content != null && content.length > 0) {
            return;
        }
        Path unfinished = directory.resolveSibling(directory.getFileName() + ".unfinished");
        deleteIfExists(unfinished);
        filling.fill(unfinished);
        Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void deleteIfExists(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        List<Path> innermostFirst;
        try (Stream<Path> paths = Files.walk(directory)) {
            innermostFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : innermostFirst) {
            Files.delete(path);
        }
    }
}
