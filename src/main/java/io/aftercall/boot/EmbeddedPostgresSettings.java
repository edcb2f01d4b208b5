package io.aftercall.boot;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/**
 * How to run an embedded PostgreSQL.
 *
 * @param dataDirectory created when missing; its parent takes what belongs to it, see {@link PostgresFiles}
 * @param port on 127.0.0.1; 0 takes a free one
 * @param parameters PostgreSQL's own, by name, as in {@code postgresql.conf}
 */
public record EmbeddedPostgresSettings(Path dataDirectory, int port, Map<String, String> parameters) {

    /** Default {@code data/postgres}, in the working directory. */
    static final String DATA_DIRECTORY_KEY = "aftercall.embedded-postgres.data-directory";

    /** Default 0. */
    static final String PORT_KEY = "aftercall.embedded-postgres.port";

    /** What a small server wants; all that makes a commit durable is on already, by PostgreSQL's defaults. */
    private static final Map<String, String> SMALL_SERVER = Map.of(
            "shared_buffers", "256MB",
            "max_wal_size", "2GB",
            "max_connections", "100",
            "autovacuum_naptime", "10s",
            "jit", "off",
            "track_commit_timestamp", "on",
            "log_checkpoints", "off",
            "timezone", "UTC");

    static EmbeddedPostgresSettings configuredIn(Config config) {
        return new EmbeddedPostgresSettings(
                config.getOptionalValue(DATA_DIRECTORY_KEY, Path.class).orElse(Path.of("data", "postgres")),
                config.getOptionalValue(PORT_KEY, Integer.class).orElse(0),
                SMALL_SERVER);
    }

    /** The settings of a small durable server in that directory, on a free port. */
    public static EmbeddedPostgresSettings in(Path dataDirectory) {
        return new EmbeddedPostgresSettings(dataDirectory, 0, SMALL_SERVER);
    }

    public EmbeddedPostgresSettings onPort(int otherPort) {
        return new EmbeddedPostgresSettings(dataDirectory, otherPort, parameters);
    }

    public EmbeddedPostgresSettings with(String parameter, String value) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.put(parameter, value);
        return new EmbeddedPostgresSettings(dataDirectory, port, changed);
    }
}
