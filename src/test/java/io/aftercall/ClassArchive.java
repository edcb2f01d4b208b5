package io.aftercall;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The packaged server's classes as the JVM has them when it is ready (a dynamic CDS archive), kept by the first server of
 * a build. The others start in two thirds of the processor time, and there are dozens of them.
 */
final class ClassArchive {

    private static final Path FILE = Path.of("target", "server.jsa");
    private static final Path LOCK = Path.of("target", "server.jsa.lock");

    private static boolean there;

    private ClassArchive() {}

    /** The JVM's option to start with it; makes it first, unless this or another process of the build has. */
    static synchronized String option() throws IOException {
        if (!there) {
            try (FileChannel file = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock others = file.lock()) {
                if (isOld()) {
                    Files.deleteIfExists(FILE);
                    make();
                }
            }
            there = true;
        }
        return "-XX:SharedArchiveFile=" + FILE;
    }

    private static boolean isOld() throws IOException {
        return !Files.exists(FILE)
                || Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(ServerProcess.JAR)) < 0;
    }

    private static void make() throws IOException {
        try (ServerProcess server = ServerProcess.onFreshData().onJvm("-XX:ArchiveClassesAtExit=" + FILE)) {
            server.start();
            server.end();
        }
    }
}
