package io.aftercall.agent;

import io.aftercall.interaction.Identifier;

/** The router's id of an agent; see {@link Identifier} for its form. */
public record AgentId(String value) implements Comparable<AgentId> {

    public AgentId {
        Identifier.require(value);
    }

    @Override
    public int compareTo(AgentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
