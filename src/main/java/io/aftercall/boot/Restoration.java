package io.aftercall.boot;

import io.aftercall.store.HistoryNames;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * What is to be done once after a backup was restored while no server ran, before the first of them starts: the tenants'
 * histories get new names, so that resume tokens of before are refused instead of going on in another history. It works
 * as the server does, listens on no port, and ends.
 */
final class Restoration {

    private static final String ARGUMENT = "--restored";

    private Restoration() {}

    static boolean askedFor(String... args) {
        return List.of(args).contains(ARGUMENT);
    }

    /**
     * @throws StartRefused without a database, or when it refuses
     */
    static void run(Config config) {
        DatabaseUrls urls = DatabaseUrls.configuredIn(config)
                .orElseThrow(() -> new StartRefused("No database is configured that was restored: set"
                        + " QUARKUS_DATASOURCE_REACTIVE_URL, QUARKUS_DATASOURCE_USERNAME and"
                        + " QUARKUS_DATASOURCE_PASSWORD."))
                .trusting(config.getOptionalValue("aftercall.database.authority", String.class));
        try {
            int tenants = HistoryNames.renew(
                    urls.jdbc(),
                    config.getOptionalValue("quarkus.datasource.username", String.class)
                            .orElse(""),
                    config.getOptionalValue("quarkus.datasource.password", String.class)
                            .orElse(""));
            System.out.println("Resume tokens of before the restore are refused from now on, of tenants: " + tenants);
        } catch (IOException refused) {
            throw new StartRefused("The database that was restored refuses: " + refused.getMessage(), refused);
        }
    }
}
