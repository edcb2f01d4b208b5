package io.aftercall.security;

import io.aftercall.agent.AgentId;
import io.aftercall.engine.TenantId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who is calling, of which tenant, and what he is there. Comes from credentials alone.
 *
 * @param tenant {@link TenantId#INSTALLATION} for one who runs the installation
 * @param subject the name that changes are logged under
 * @param agentId who he is among the agents, if he is one
 * @param teams the only ones that a supervisor is responsible for; all if there are none
 */
public record Caller(TenantId tenant, String subject, Set<Role> roles, Optional<AgentId> agentId, Set<String> teams) {

    /** Everybody, while the server asks nobody for credentials; it then listens on loopback only. */
    public static final Caller ANONYMOUS =
            new Caller(TenantId.DEFAULT, "anonymous", EnumSet.allOf(Role.class), Optional.empty(), Set.of());

    public Caller {
        roles = Set.copyOf(roles);
        teams = Set.copyOf(teams);
    }
}
