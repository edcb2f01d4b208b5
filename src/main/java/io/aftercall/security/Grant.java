package io.aftercall.security;

import io.aftercall.agent.AgentId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How far a caller's roles reach in a call that they let him make.
 *
 * @param roles those of his roles that let him make it
 */
public record Grant(Caller caller, Set<Role> roles) {

    private static final Set<Role> TENANT_WIDE = EnumSet.complementOf(EnumSet.of(Role.AGENT, Role.SUPERVISOR));

    /** Whether one of the roles reaches the target; of several targets, each. */
    public boolean reaches(Target target, Teams teams) {
        if (target instanceof Target.Each each) {
            return each.targets().stream().allMatch(one -> reaches(one, teams));
        }
        return wholeTenant() || roles.stream().anyMatch(role -> reaches(role, target, teams));
    }

    /** Whether he reaches everything of the tenant. */
    public boolean wholeTenant() {
        return roles.stream().anyMatch(TENANT_WIDE::contains) || roles.contains(Role.SUPERVISOR) && ofAllTeams();
    }

    /** The teams that he reaches if not the whole tenant. */
    public Set<String> teams() {
        return roles.contains(Role.SUPERVISOR) ? caller.teams() : Set.of();
    }

    /** The agent that he reaches if not the whole tenant and no team. */
    public Optional<AgentId> agent() {
        return roles.contains(Role.AGENT) ? caller.agentId() : Optional.empty();
    }

    /** Whether he may see what is said of persons: not as a viewer, whatever else he is. */
    public boolean personal() {
        return !roles.contains(Role.VIEWER);
    }

    /** What he reaches as a viewer; empty if he is none. */
    public Optional<Grant> asViewer() {
        return roles.contains(Role.VIEWER) ? Optional.of(new Grant(caller, Set.of(Role.VIEWER))) : Optional.empty();
    }

    /** What he reaches without being a viewer; empty if that is all that he is. */
    public Optional<Grant> butAsViewer() {
        Set<Role> others = EnumSet.copyOf(roles);
        others.remove(Role.VIEWER);
        return others.isEmpty() ? Optional.empty() : Optional.of(new Grant(caller, others));
    }

    /** What he reaches with each of the roles by itself. */
    public List<Grant> apart() {
        return roles.stream().map(role -> new Grant(caller, Set.of(role))).toList();
    }

    private boolean ofAllTeams() {
        return caller.teams().isEmpty();
    }

    private boolean reaches(Role role, Target target, Teams teams) {
        if (target instanceof Target.Common) {
            return true;
        }
        if (target instanceof Target.Team team) {
            return role == Role.SUPERVISOR && caller.teams().contains(team.teamId());
        }
        if (target instanceof Target.Agent agent) {
            return role == Role.AGENT
                    ? caller.agentId().filter(agent.agentId()::equals).isPresent()
                    : teams.teamOf(agent.agentId())
                            .filter(caller.teams()::contains)
                            .isPresent();
        }
        return false;
    }
}
