package io.aftercall.security;

import io.aftercall.agent.AgentId;
import java.util.List;

/** Whom a call is about. */
public sealed interface Target {

    /** One agent, known here or not. */
    record Agent(AgentId agentId) implements Target {}

    /** All of one team. */
    record Team(String teamId) implements Target {}

    /** Several at once, each to be judged by itself; none is no such target. */
    record Each(List<Target> targets) implements Target {}

    /** What holds for everybody, to be read: whoever may make the call may see it. */
    record Common() implements Target {}

    /** The tenant as a whole, or what cannot be told from it. */
    record Tenant() implements Target {}

    Target COMMON = new Common();

    Target TENANT = new Tenant();
}
