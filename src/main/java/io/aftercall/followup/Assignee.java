package io.aftercall.followup;

import java.util.Objects;

/** Who is to do it: an agent, any of a team's, or a department, which need not be one of the contact centre's. */
public record Assignee(Type type, String id) {

    /** Which kind of assignee it is. */
    public enum Type {
        AGENT,
        TEAM,
        DEPARTMENT
    }

    public Assignee {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(id, "id");
    }

    public boolean agent() {
        return type == Type.AGENT;
    }
}
