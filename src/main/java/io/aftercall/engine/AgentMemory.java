package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import java.util.Optional;

/** What a replica has in memory about agents; may be behind the database. */
public interface AgentMemory {

    Optional<StoredAgent> agent(AgentId id);
}
