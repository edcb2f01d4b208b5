package io.aftercall.rpc;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentState;
import io.aftercall.feed.TenantFeed;
import io.aftercall.policy.PolicyKey;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The agents and teams that there are at a moment. */
final class KnownScopes {

    private final Map<AgentId, AgentState> agents;

    KnownScopes(TenantFeed.View view) {
        agents = view.agents().stream()
                .map(stored -> stored.state())
                .collect(Collectors.toMap(AgentState::agentId, Function.identity()));
    }

    /** Notes it if a policy is for nobody. */
    void require(FieldReader fields, PolicyKey key) {
        switch (key.scope()) {
            case AGENT -> {
                if (!agents.containsKey(new AgentId(key.scopeId()))) {
                    fields.violations()
                            .add("policy.scope_id", "is no agent that is known, and allow_missing is not set");
                }
            }
            case TEAM -> {
                if (agents.keySet().stream().noneMatch(agent -> inTeam(agent.value(), key.scopeId()))) {
                    fields.violations().add("policy.scope_id", "is no agent's team, and allow_missing is not set");
                }
            }
            case TENANT, QUEUE -> {}
        }
    }

    boolean inTeam(String agentId, String teamId) {
        return teamId.equals(teamOf(agentId));
    }

    /** Null for none. */
    String teamOf(String agentId) {
        return Optional.ofNullable(agents.get(new AgentId(agentId)))
                .flatMap(agent -> agent.profile().team())
                .orElse(null);
    }
}
