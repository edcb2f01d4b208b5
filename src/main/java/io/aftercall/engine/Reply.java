package io.aftercall.engine;

import io.aftercall.agent.Outcome;
import io.aftercall.agent.Refusal;
import java.util.Map;

/** What a caller is told, after the commit. */
public sealed interface Reply {

    /** The agent after the command; with a repeated request, after the first. */
    record Accepted(StoredAgent agent, Outcome outcome) implements Reply {}

    /**
     * An illegal move. Nothing has changed.
     *
     * @param violations of a form, by field, where that is the reason
     */
    record Refused(Refusal reason, StoredAgent agent, Map<String, String> violations) implements Reply {}

    /** The request's id was used before for something else. Nothing has changed. */
    record RequestIdReused(RequestKey request) implements Reply {}
}
