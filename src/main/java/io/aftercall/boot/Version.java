package io.aftercall.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Which Aftercall this is, known without any configuration. */
final class Version {

    private Version() {}

    /** As the build has it. */
    static String read() {
        try (InputStream version = Version.class.getResourceAsStream("/version.txt")) {
            return new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
