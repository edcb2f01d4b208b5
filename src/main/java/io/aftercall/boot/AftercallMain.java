package io.aftercall.boot;

import io.aftercall.telemetry.JsonLog;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Starts the server, on the configured database or, where none is configured, on an embedded PostgreSQL. With
 * {@code --migrate} it migrates the configured one and ends, with {@code --restored} it tells it that it was restored.
 *
 * <p>A refusal to start is one sentence on standard error and exit code 1.
 */
@QuarkusMain
public class AftercallMain {

    public static void main(String... args) {
        try {
            run(args);
        } catch (StartRefused refusal) {
            System.err.println(refusal.getMessage());
            System.exit(1);
        }
    }

    private static void run(String... args) {
        if (List.of(args).contains("--version")) {
            System.out.println("aftercall " + Version.read());
            return;
        }
        Config config = ConfigProvider.getConfig();
        if (Migration.askedFor(args)) {
            Migration.run(config);
            return;
        }
        if (Restoration.askedFor(args)) {
            Restoration.run(config);
            return;
        }
        SettingRanges.requireIn(config);
        EmailSender.requireIn(config);
        AuthSettings.requireIn(config);
        WebSettings.requireIn(config);
        HttpTls.configuredIn(config).forEach(System::setProperty);
        Tracing.configuredIn(config).forEach(System::setProperty);
        if (config.getOptionalValue("aftercall.log.json", Boolean.class).orElse(AuthSettings.production(config))) {
            JsonLog.install();
        }
        Optional<DatabaseUrls> configured = DatabaseUrls.configuredIn(config);
        if (configured.isPresent()) {
            configured
                    .get()
                    .trusting(config.getOptionalValue("aftercall.database.authority", String.class))
                    .publish();
            Quarkus.run(args);
        } else if (ImageMode.current() == ImageMode.JVM) {
            // The condition also keeps the embedded PostgreSQL out of a native image.
            new EmbeddedRun().run(EmbeddedPostgresSettings.configuredIn(config), args);
        } else {
            throw new StartRefused("No database is configured, and a native Aftercall brings none of its own: set"
                    + " QUARKUS_DATASOURCE_REACTIVE_URL (postgresql://host:5432/database),"
                    + " QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD.");
        }
    }
}
