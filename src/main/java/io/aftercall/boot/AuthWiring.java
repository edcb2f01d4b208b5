package io.aftercall.boot;

import io.aftercall.engine.TenantId;
import io.aftercall.security.Admission;
import io.aftercall.security.Authenticator;
import io.aftercall.security.Caller;
import io.aftercall.security.CertificateIdentities;
import io.aftercall.security.KeySource;
import io.aftercall.security.Role;
import io.aftercall.security.TokenRules;
import io.aftercall.security.Tokens;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes what finds out who is calling, as it is configured; {@link AuthSettings} has seen that it can be. */
final class AuthWiring {

    @Produces
    @Singleton
    Optional<Tokens> tokens(AftercallConfig config, InstantSource clock, Vertx vertx) {
        AftercallConfig.Auth auth = config.auth();
        return auth.issuer().map(issuer -> new Tokens(rules(auth, issuer), keys(auth, vertx), clock));
    }

    @Produces
    @Singleton
    Authenticator authenticator(
            AftercallConfig config, Optional<Tokens> tokens, InstantSource clock, Admission admission) {
        return new Authenticator(tokens, certificates(config, clock), admission);
    }

    private static TokenRules rules(AftercallConfig.Auth auth, String issuer) {
        AftercallConfig.Claims names = auth.claims();
        return new TokenRules(
                issuer,
                auth.audience().orElseThrow(),
                auth.algorithms(),
                auth.leeway(),
                new TokenRules.Claims(names.tenant(), names.roles(), names.agentId(), names.teams()));
    }

    private static KeySource keys(AftercallConfig.Auth auth, Vertx vertx) {
        String location = auth.keys().orElseThrow();
        return KeyLocation.isUrl(location) ? KeyLocation.url(vertx, location) : KeyLocation.file(vertx, location);
    }

    private static Optional<CertificateIdentities> certificates(AftercallConfig config, InstantSource clock) {
        Map<String, Caller> callers = config.auth().certificates().stream()
                .collect(Collectors.toMap(AftercallConfig.Certificate::name, AuthWiring::caller));
        return callers.isEmpty() ? Optional.empty() : Optional.of(new CertificateIdentities(callers, clock));
    }

    static Caller caller(AftercallConfig.Certificate certificate) {
        Set<Role> roles = certificate.roles().stream()
                .map(name -> Role.named(name).orElseThrow())
                .collect(Collectors.toSet());
        TenantId tenant = certificate.tenant().flatMap(TenantId::ofCustomer).orElse(TenantId.INSTALLATION);
        return new Caller(tenant, certificate.name(), roles, Optional.empty(), Set.of());
    }
}
