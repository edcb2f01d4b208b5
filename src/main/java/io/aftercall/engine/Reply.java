package io.aftercall.engine;

import io.aftercall.agent.Outcome;
import io.aftercall.agent.Refusal;

/** What a caller is told, after the commit. */
public sealed interface Reply {

    /** The agent after the command; with a repeated request, after the first. */
    record Accepted(StoredAgent agent, Outcome outcome) implements Reply {}

    /** An illegal move. Nothing has changed. */
    record Refused(Refusal reason, StoredAgent agent) implements Reply {}

    /** The request's id was used before for something else. Nothing has changed. */
    record RequestIdReused(RequestKey request) implements Reply {}
}
