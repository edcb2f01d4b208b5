package io.aftercall.security;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody is in a contact centre. Somebody may be several; {@link Permissions} says what each may do. */
public enum Role {
    /** A call router: reports interactions, passes on what agents do, reads everything. */
    ROUTER,
    /** An agent's window: this agent alone. */
    AGENT,
    /** Watches and steps in: for the teams that the credentials name, or for all if they name none. */
    SUPERVISOR,
    /** Keeps policies and agents. */
    ADMIN,
    /** A wall or a report: sees states, and nothing personal. */
    VIEWER,
    /** Reads the audit trail. */
    AUDITOR,
    /** Runs the installation: tenants, and nothing in them. */
    OPERATOR;

    private final String credentialName = name().toLowerCase(Locale.ROOT);

    /** As credentials have it. */
    public String credentialName() {
        return credentialName;
    }

    /** The names of all, as credentials have them. */
    public static List<String> names() {
        return Stream.of(values())
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The role of this name in credentials; empty for one that other systems may have a use for. */
    public static Optional<Role> named(String name) {
        return Stream.of(values())
                .filter(role -> role.credentialName.equals(name))
                .findFirst();
    }
}
