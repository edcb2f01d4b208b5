package io.aftercall.security;

import io.aftercall.agent.AgentId;
import java.util.Optional;

/** Who is in which team of a tenant. */
@FunctionalInterface
public interface Teams {

    Optional<String> teamOf(AgentId agentId);
}
