package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a test remembers of agents. */
public record KnownAgents(String epoch, long revision, Map<AgentId, StoredAgent> agents) implements AgentMemory {

    public static final AgentMemory NONE = new KnownAgents(null, -1, Map.of());

    @Override
    public CompletionStage<Void> renew() {
        return CompletableFuture.failedFuture(new IllegalStateException("There is nothing to read from"));
    }

    @Override
    public Optional<StoredAgent> agent(AgentId id) {
        return Optional.ofNullable(agents.get(id));
    }
}
