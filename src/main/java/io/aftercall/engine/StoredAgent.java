package io.aftercall.engine;

import io.aftercall.agent.AgentState;

/**
 * An agent as stored.
 *
 * @param revision the tenant's revision at which the agent last changed; 0 for one that was never seen
 */
public record StoredAgent(AgentState state, long revision) {}
