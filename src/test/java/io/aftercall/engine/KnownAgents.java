package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import java.util.Map;
import java.util.Optional;

/** What a test remembers of agents. */
public record KnownAgents(long revision, Map<AgentId, StoredAgent> agents) implements AgentMemory {

    public static final AgentMemory NONE = new KnownAgents(-1, Map.of());

    @Override
    public Optional<StoredAgent> agent(AgentId id) {
        return Optional.ofNullable(agents.get(id));
    }
}
