package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import java.util.Optional;

/** What a replica has in memory about a tenant's agents; may be behind the database. */
public interface AgentMemory {

    /** The tenant's revision that all agents are at; -1 if nothing is known. */
    long revision();

    /** Empty if there is no such agent. */
    Optional<StoredAgent> agent(AgentId id);
}
