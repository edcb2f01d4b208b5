package io.aftercall.boot;

import io.aftercall.security.Tokens;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Reads the issuer's keys at the start and from time to time, so that a key that is withdrawn is of no use for long. */
@Singleton
public class KeyRoutine {

    private static final Duration UNTIL_READ = Duration.ofSeconds(5);

    private final Optional<Tokens> tokens;
    private final Vertx vertx;
    private final Duration interval;

    KeyRoutine(Optional<Tokens> tokens, Vertx vertx, AftercallConfig config) {
        this.tokens = tokens;
        this.vertx = vertx;
        this.interval = config.auth().keysInterval();
    }

    void start(@Observes StartupEvent event) {
        tokens.ifPresent(this::read);
    }

    private void read(Tokens of) {
        of.readKeys().thenRun(() -> {
            Duration pause = of.ready() ? interval : UNTIL_READ;
            vertx.setTimer(pause.toMillis(), now -> read(of));
        });
    }
}
