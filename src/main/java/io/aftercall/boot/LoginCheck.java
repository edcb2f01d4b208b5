package io.aftercall.boot;

import io.aftercall.engine.StoreUnavailable;
import io.aftercall.store.DatabaseLogin;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** Refuses to serve as somebody whom the database lets see every tenant's rows. */
@Singleton
public class LoginCheck {

    private static final Logger LOG = Logger.getLogger(LoginCheck.class);

    private final DatabaseLogin login;

    LoginCheck(DatabaseLogin login) {
        this.login = login;
    }

    void check(@Observes @Priority(1) StartupEvent event) {
        violation().ifPresent(what -> {
            throw new StartRefused("The database cannot keep tenants apart, as " + what
                    + ". Let QUARKUS_DATASOURCE_USERNAME be the role aftercall of db/roles.sql, and"
                    + " QUARKUS_FLYWAY_USERNAME the owner of the tables.");
        });
    }

    private Optional<String> violation() {
        try {
            return login.violation().toCompletableFuture().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof StoreUnavailable) {
                // It was there for the migration a moment ago; whoever connects later is the same.
                LOG.warn("The database went away before it could be asked as whom the server connects to it");
                return Optional.empty();
            }
            throw failed;
        }
    }
}
