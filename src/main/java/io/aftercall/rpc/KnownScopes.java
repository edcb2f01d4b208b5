package io.aftercall.rpc;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentState;
import io.aftercall.engine.StoredAgent;
import io.aftercall.feed.TenantFeed;
import io.aftercall.policy.PolicyImpact;
import io.aftercall.policy.PolicyKey;
import io.aftercall.security.Teams;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The agents and teams that there are, as far as memory has been brought up to the database. */
final class KnownScopes implements PolicyImpact.Members, Teams {

    private final TenantFeed feed;

    KnownScopes(TenantFeed feed) {
        this.feed = feed;
    }

    /** Notes it if a policy is for nobody. */
    void require(FieldReader fields, PolicyKey key) {
        switch (key.scope()) {
            case AGENT -> {
                if (feed.agent(new AgentId(key.scopeId())).isEmpty()) {
                    fields.violations()
                            .add("policy.scope_id", "is no agent that is known, and allow_missing is not set");
                }
            }
            case TEAM -> {
                Optional<String> team = Optional.of(key.scopeId());
                boolean anybody = feed.view().agents().stream()
                        .anyMatch(agent -> agent.state().profile().team().equals(team));
                if (!anybody) {
                    fields.violations().add("policy.scope_id", "is no agent's team, and allow_missing is not set");
                }
            }
            case TENANT, QUEUE -> {}
        }
    }

    @Override
    public Stream<PolicyImpact.Member> all() {
        return feed.view().agents().stream()
                .map(StoredAgent::state)
                .sorted(Comparator.comparing(AgentState::agentId))
                .map(KnownScopes::member);
    }

    @Override
    public Optional<PolicyImpact.Member> find(String agentId) {
        return feed.agent(new AgentId(agentId)).map(StoredAgent::state).map(KnownScopes::member);
    }

    private static PolicyImpact.Member member(AgentState agent) {
        return new PolicyImpact.Member(agent.agentId().value(), agent.profile().teamId());
    }

    boolean inTeam(String agentId, String teamId) {
        return teamId.equals(teamOf(agentId));
    }

    @Override
    public Optional<String> teamOf(AgentId agentId) {
        return feed.agent(agentId).flatMap(agent -> agent.state().profile().team());
    }

    /** Null for none. */
    String teamOf(String agentId) {
        return teamOf(new AgentId(agentId)).orElse(null);
    }
}
