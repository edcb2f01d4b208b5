package io.aftercall.feed;

import io.aftercall.agent.AgentId;
import java.util.HashSet;
import java.util.Set;

/** Which agents a subscriber may hold: those he was shown and not told that they left his filter. */
final class Holdings {

    private final StateFilter filter;
    /** Who goes on by token may hold any agent that the filter might have let through, who begins holds none. */
    private final boolean atFirst;

    private final Set<AgentId> exceptions = new HashSet<>();

    Holdings(StateFilter filter, boolean atFirst) {
        this.filter = filter;
        this.atFirst = atFirst;
    }

    boolean contains(AgentId agentId) {
        return atFirst != exceptions.contains(agentId);
    }

    void set(AgentId agentId, boolean held) {
        // Nobody leaves a filter that lets all through.
        if (filter.selective()) {
            if (held == atFirst) {
                exceptions.remove(agentId);
            } else {
                exceptions.add(agentId);
            }
        }
    }
}
