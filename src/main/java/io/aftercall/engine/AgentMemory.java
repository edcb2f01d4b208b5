package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What a replica has in memory about a tenant's agents; may be behind the database. */
public interface AgentMemory {

    /** The name of the history that the revision counts; null if nothing is known. */
    String epoch();

    /** The tenant's revision that all agents are at; -1 if nothing is known. */
    long revision();

    /** Empty if there is no such agent. */
    Optional<StoredAgent> agent(AgentId id);

    /** Reads everything anew, as the database has another history; gives that a new name if it is without one. */
    CompletionStage<Void> renew();
}
