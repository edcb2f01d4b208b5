package io.aftercall.telemetry;

import io.aftercall.agent.AgentLifecycle;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.AgentStatus;
import io.aftercall.engine.StoredAgent;
import io.aftercall.feed.ServedTenant;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * All agents of all tenants at one moment, as every reader sees them.
 *
 * @param open ACWs that have begun and not ended
 */
record Census(Map<AgentStatus, Integer> agents, int open) {

    static Census of(Collection<ServedTenant> tenants) {
        Map<AgentStatus, Integer> agents = new EnumMap<>(AgentStatus.class);
        int open = 0;
        for (ServedTenant tenant : tenants) {
            Instant now = tenant.clock().now();
            for (StoredAgent stored : tenant.feed().view().agents()) {
                AgentState agent = AgentLifecycle.asOf(stored.state(), now);
                agents.merge(agent.status(), 1, Integer::sum);
                open += agent.acws().size();
            }
        }
        return new Census(agents, open);
    }

    int agents(AgentStatus status) {
        return agents.getOrDefault(status, 0);
    }
}
