package io.aftercall.faults;

import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.Presence;
import java.time.Instant;

/**
 * One attempt of a caller and what he was told.
 *
 * @param called when, as a place in the order of all calls and answers of the run
 * @param answered when, likewise; {@link #NEVER} if what came of it is not known
 */
record Operation(long called, long answered, Command command, Outcome outcome) {

    /** Whatever it did may have happened at any time after the call, or never. */
    static final long NEVER = Long.MAX_VALUE;

    enum Kind {
        START,
        COMPLETE,
        EXTEND,
        PRESENCE,
        READ
    }

    /**
     * What was asked for.
     *
     * @param interactionId empty where it is about none
     * @param presence only with {@link Kind#PRESENCE}
     * @param requestId empty for none
     */
    record Command(Kind kind, String agentId, String interactionId, Presence presence, String requestId) {}

    enum Verdict {
        ACCEPTED,
        REFUSED,
        /** The call was cut, ran out of time, or met a server that did not know either. */
        UNKNOWN,
        /** An answer that no healthy server gives. */
        FAULT
    }

    /**
     * What the caller was told.
     *
     * @param state the agent; only if accepted
     * @param acw only if accepted and the reply had one
     * @param repeated the reply's {@code already_started} or {@code already_completed}
     * @param reason why, unless accepted
     * @param received when, by this machine's clock
     */
    record Outcome(
            Verdict verdict, AgentState state, AfterCallWork acw, boolean repeated, String reason, Instant received) {

        static Outcome notAccepted(Verdict verdict, String reason, Instant received) {
            return new Outcome(verdict, null, null, false, reason, received);
        }
    }

    boolean accepted() {
        return outcome.verdict() == Verdict.ACCEPTED;
    }

    boolean unknown() {
        return answered == NEVER;
    }

    @Override
    public String toString() {
        String told = accepted()
                ? AgentModel.View.of(outcome.state()) + (outcome.repeated() ? " repeated" : "")
                : outcome.verdict() + " " + outcome.reason();
        return called + ".." + (unknown() ? "" : answered) + " " + command.kind() + " " + command.agentId() + " "
                + command.interactionId() + " " + (command.presence() == null ? "" : command.presence()) + " "
                + command.requestId() + ": " + told;
    }
}
