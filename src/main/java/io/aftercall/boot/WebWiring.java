package io.aftercall.boot;

import io.aftercall.security.Authenticator;
import io.aftercall.signin.SignIn;
import io.aftercall.signin.SignInSettings;
import io.aftercall.web.FrameAncestors;
import io.aftercall.web.LocalNames;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Makes what serves browsers, as it is configured; {@link WebSettings} has seen that it can be. */
final class WebWiring {

    @Produces
    @Singleton
    FrameAncestors frameAncestors(AftercallConfig config) {
        return new FrameAncestors(config.web().frameAncestors().orElse(List.of()));
    }

    @Produces
    @Singleton
    LocalNames localNames(AftercallConfig config) {
        return new LocalNames(config.web().origin());
    }

    @Produces
    @Singleton
    Optional<SignIn> signIn(
            AftercallConfig config,
            Authenticator authenticator,
            Vertx vertx,
            SecureRandom random,
            InstantSource clock) {
        return config.signIn()
                .clientId()
                .map(client -> new SignIn(settings(config, client), authenticator, vertx, random, clock));
    }

    private static SignInSettings settings(AftercallConfig config, String client) {
        AftercallConfig.SignIn signIn = config.signIn();
        return new SignInSettings(
                config.web().origin().orElseThrow(),
                config.auth().issuer().orElseThrow(),
                client,
                signIn.clientSecret().orElseThrow(),
                signIn.scopes(),
                signIn.parameters(),
                signIn.keys().orElseThrow().stream()
                        .map(Base64.getDecoder()::decode)
                        .toList(),
                signIn.maxAge(),
                config.web().frameAncestors().isPresent());
    }
}
