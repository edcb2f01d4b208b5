package io.aftercall.boot;

import io.aftercall.engine.StoreUnavailable;
import io.aftercall.store.DatabaseLogin;
import io.aftercall.store.SchemaVersion;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Refuses to serve as somebody whom the database lets see every tenant's rows, or from tables that are older than this
 * server needs. Newer ones it serves from: a migration works with the release before it.
 */
@Singleton
public class DatabaseCheck {

    private static final Logger LOG = Logger.getLogger(DatabaseCheck.class);

    private final DatabaseLogin login;
    private final SchemaVersion schema;
    private final boolean migrates;
    private volatile boolean passed;

    DatabaseCheck(
            DatabaseLogin login,
            SchemaVersion schema,
            @ConfigProperty(name = "quarkus.flyway.migrate-at-start") boolean migrates) {
        this.login = login;
        this.schema = schema;
        this.migrates = migrates;
    }

    /** Whether the database has been asked, and can be served from. */
    boolean passed() {
        return passed;
    }

    void check(@Observes @Priority(1) StartupEvent event) {
        try {
            violation().toCompletableFuture().join().ifPresent(what -> {
                throw new StartRefused(what);
            });
            passed = true;
        } catch (CompletionException failed) {
            if (!(failed.getCause() instanceof StoreUnavailable)) {
                throw failed;
            }
            LOG.warn("The database does not answer. This server is not ready until it has been asked as whom the server"
                    + " connects to it, and how old its tables are");
        }
    }

    /** What was away at the start. */
    @Scheduled(identity = "database-check", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> checkAgain() {
        if (passed) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .completionStage(this::violation)
                .invoke(violation -> violation.ifPresentOrElse(DatabaseCheck::end, () -> passed = true))
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "The database still does not answer"))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private static void end(String violation) {
        LOG.error(violation);
        Quarkus.asyncExit(1);
    }

    private CompletionStage<Optional<String>> violation() {
        return login.violation()
                .thenCompose(what -> what.isPresent()
                        ? CompletableFuture.completedFuture(what.map(DatabaseCheck::seesEveryTenant))
                        : tooOld());
    }

    private CompletionStage<Optional<String>> tooOld() {
        if (migrates) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return schema.newEnough()
                .thenApply(enough -> enough
                        ? Optional.empty()
                        : Optional.of("The tables are older than this server needs, which is migration "
                                + SchemaVersion.NEEDED + ", and it does not migrate them itself"
                                + " (QUARKUS_FLYWAY_MIGRATE_AT_START=false). Start it with --migrate as their owner"
                                + " (QUARKUS_FLYWAY_USERNAME, QUARKUS_FLYWAY_PASSWORD) first."));
    }

    private static String seesEveryTenant(String what) {
        return "The database cannot keep tenants apart, as " + what
                + ". Let QUARKUS_DATASOURCE_USERNAME be the role aftercall of db/roles.sql, and"
                + " QUARKUS_FLYWAY_USERNAME the owner of the tables.";
    }
}
