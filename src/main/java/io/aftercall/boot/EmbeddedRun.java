package io.aftercall.boot;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/**
 * One run of the server on an embedded PostgreSQL, which starts before Quarkus and stops after it.
 *
 * <p>On a signal the JVM halts as soon as its shutdown hooks are through, and one of Quarkus's own among them, they run
 * side by side. So the hook here stops nothing: it holds the JVM until the main thread has done everything in order.
 */
final class EmbeddedRun {

    private static final Logger LOG = Logger.getLogger(EmbeddedRun.class);

    private final CountDownLatch databaseStopped = new CountDownLatch(1);
    private volatile boolean jvmStopping;
    private int exitCode;

    /** Returns, if ever, when all has stopped. */
    void run(EmbeddedPostgresSettings settings, String... args) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::holdJvm, "embedded-postgres"));
        BiConsumer<Integer, Throwable> exit = ApplicationLifecycleManager.getDefaultExitCodeHandler();
        // The default handler would end the JVM from within Quarkus.run.
        ApplicationLifecycleManager.setDefaultExitCodeHandler((code, failure) -> exitCode = code);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings)) {
            if (!jvmStopping) {
                postgres.settings().forEach(System::setProperty);
                LOG.infof(
                        "Embedded PostgreSQL on port %d, its data in %s. Production wants a server of its own: set"
                                + " QUARKUS_DATASOURCE_REACTIVE_URL, QUARKUS_DATASOURCE_USERNAME and"
                                + " QUARKUS_DATASOURCE_PASSWORD.",
                        postgres.port(),
                        settings.dataDirectory().toAbsolutePath().normalize());
                Quarkus.run(args);
            }
        } finally {
            databaseStopped.countDown();
        }
        exit.accept(exitCode, null);
    }

    private void holdJvm() {
        jvmStopping = true;
        try {
            databaseStopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
