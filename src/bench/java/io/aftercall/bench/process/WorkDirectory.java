package io.aftercall.bench.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A directory for the data and logs of servers that are measured; gone when it is closed. */
public final class WorkDirectory implements AutoCloseable {
    private final Path path;

    private WorkDirectory(Path path) {
        this.path = path;
    }

    /** Makes one below this directory, which decides on which disk the measured servers write. */
    public static WorkDirectory below(Path parent) throws IOException {
        return new WorkDirectory(Files.createTempDirectory(Files.createDirectories(parent), "bench-"));
    }

    /** Returns where it is. */
    public Path path() {
        return path;
    }

    /** Makes a directory in it and returns its path. */
    public Path make(String name) throws IOException {
        return Files.createDirectory(path.resolve(name));
    }

    /** Returns the path of a log of this name. */
    public Path log(String name) {
        return path.resolve(name + ".log");
    }

    @Override
    public void close() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
