package io.aftercall.boot;

import io.quarkus.runtime.Quarkus;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * Brings the tables up to this version and ends, with exit code 0 if they are. It needs the database's URL and its owner's
 * name and password, so that servers need not have these; it listens on no port, and asks for no other setting.
 */
final class Migration {

    private static final String ARGUMENT = "--migrate";

    private Migration() {}

    static boolean askedFor(String... args) {
        return List.of(args).contains(ARGUMENT);
    }

    /**
     * @throws StartRefused without a database
     */
    static void run(Config config) {
        DatabaseUrls.configuredIn(config)
                .orElseThrow(() -> new StartRefused("No database is configured that could be migrated: set"
                        + " QUARKUS_DATASOURCE_REACTIVE_URL, QUARKUS_FLYWAY_USERNAME and QUARKUS_FLYWAY_PASSWORD."))
                .trusting(config.getOptionalValue("aftercall.database.authority", String.class))
                .publish();
        System.setProperty("quarkus.flyway.migrate-at-start", "true");
        // Quarkus ends by itself between the migration and the first port.
        System.setProperty("quarkus.init-and-exit", "true");
        Quarkus.run();
    }
}
