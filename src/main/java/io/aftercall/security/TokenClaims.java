package io.aftercall.security;

import io.aftercall.agent.AgentId;
import io.aftercall.engine.TenantId;
import io.aftercall.interaction.Identifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

/** Reads a caller out of a token. */
final class TokenClaims {

    private final TokenRules.Claims names;

    TokenClaims(TokenRules.Claims names) {
        this.names = names;
    }

    /**
     * The caller that the claims describe.
     *
     * @throws NotAuthenticated if they do not describe one
     */
    Caller caller(JwtClaims claims) throws MalformedClaimException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        texts(claims, names.roles()).forEach(name -> Role.named(name).ifPresent(roles::add));
        if (roles.contains(Role.SUPERVISOR) && namesNone(claims, names.teams())) {
            // Who has no team is not to be taken for one who has all.
            throw NotAuthenticated.invalid("The token is a supervisor's and its claim " + names.teams() + " is empty");
        }
        return new Caller(
                tenant(text(claims, names.tenant()), roles),
                Subjects.require(claims.getSubject()),
                roles,
                text(claims, names.agentId()).map(id -> new AgentId(identifier(names.agentId(), id))),
                texts(claims, names.teams()).stream()
                        .map(team -> identifier(names.teams(), team))
                        .collect(Collectors.toSet()));
    }

    /** Who runs the installation belongs to no tenant, and whoever belongs to one does not run the installation. */
    private TenantId tenant(Optional<String> named, Set<Role> roles) {
        if (roles.contains(Role.OPERATOR)) {
            if (named.isPresent() || roles.size() > 1) {
                throw NotAuthenticated.invalid("The token is an operator's and has a tenant or another role");
            }
            return TenantId.INSTALLATION;
        }
        return TenantId.ofCustomer(named.orElse(""))
                .orElseThrow(() -> NotAuthenticated.invalid("The token names no tenant"));
    }

    private static String identifier(String claim, String value) {
        if (Identifier.violation(value).isPresent()) {
            throw NotAuthenticated.invalid("The token's claim " + claim + " is not an id");
        }
        return value;
    }

    private Optional<String> text(JwtClaims claims, String name) {
        Object value = value(claims, name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw NotAuthenticated.invalid("The token's claim " + name + " is not a text");
    }

    private List<String> texts(JwtClaims claims, String name) {
        Object value = value(claims, name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof String text) {
            return Arrays.stream(text.split(" "))
                    .filter(part -> !part.isEmpty())
                    .toList();
        }
        if (value instanceof Collection<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw NotAuthenticated.invalid("The token's claim " + name + " is not a list of texts");
    }

    private boolean namesNone(JwtClaims claims, String name) {
        return value(claims, name) != null && texts(claims, name).isEmpty();
    }

    private static Object value(JwtClaims claims, String name) {
        // A claim may have the whole name, as those that are named by a URL do.
        Object whole = claims.getClaimValue(name);
        if (whole != null) {
            return whole;
        }
        Object found = claims.getClaimsMap();
        for (String part : name.split("/")) {
            found = found instanceof Map<?, ?> fields ? fields.get(part) : null;
        }
        return found;
    }
}
