package io.aftercall.boot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs for this platform, packed on the class path (io.zonky.test.postgres). */
final class PostgresArchive {

    private PostgresArchive() {}

    /**
     * Unpacks the programs (60 MB, about two seconds) unless this version of them is there already.
     *
     * @return the directory that holds {@code bin}, {@code lib} and {@code share}
     */
    static synchronized Path unpackInto(Path directory) throws IOException {
        byte[] archive = read();
        CRC32 checksum = new CRC32();
        checksum.update(archive);
        Path unpacked = directory.resolve("%08x".formatted(checksum.getValue()));
        Files.createDirectories(directory);
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock unpackingAlone = channel.lock()) {
            WholeDirectory.fillOnce(unpacked, unfinished -> unpack(archive, unfinished));
        }
        return unpacked;
    }

    private static byte[] read() throws IOException {
        String platform = platform();
        try (InputStream archive = PostgresArchive.class.getResourceAsStream("/postgres-" + platform + ".txz")) {
            if (archive == null) {
                throw new StartRefused("This Aftercall brings no PostgreSQL for " + platform
                        + ": run one yourself and set QUARKUS_DATASOURCE_REACTIVE_URL.");
            }
            return archive.readAllBytes();
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase();
        if (system.startsWith("mac")) {
            return "darwin-x86_64"; // universal: it holds the programs for Apple silicon as well
        }
        String machine = System.getProperty("os.arch");
        return system + "-" + (machine.equals("aarch64") ? "arm_64" : machine.replace("amd64", "x86_64"));
    }

    private static void unpack(byte[] archive, Path directory) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = directory.resolve(entry.getName());
                Files.createDirectories(path.getParent());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    path.toFile().setExecutable((entry.getMode() & 0100) != 0);
                }
            }
        }
    }
}
