package io.aftercall.agent;

import java.util.List;
import java.util.Map;

/** What comes of a command. */
public sealed interface Decision {

    /**
     * The command is accepted and leaves something to be stored.
     *
     * @param state the agent afterwards
     * @param changes the steps to it, each with its own version; empty if only something settled or written is new
     * @param settled what has been settled
     * @param wrapUps what has been written
     * @param followUps what has been promised, changed or reminded of
     */
    record Changed(
            AgentState state,
            List<StateChange> changes,
            List<SettledAcw> settled,
            List<WrittenWrapUp> wrapUps,
            List<WrittenFollowUp> followUps,
            Outcome outcome)
            implements Decision {
        public Changed {
            changes = List.copyOf(changes);
            settled = List.copyOf(settled);
            wrapUps = List.copyOf(wrapUps);
            followUps = List.copyOf(followUps);
        }
    }

    /** The command is accepted and leaves nothing: it was accepted before, or asked for what already is. */
    record Unchanged(AgentState state, Outcome outcome) implements Decision {}

    /**
     * The command is an illegal move.
     *
     * @param violations of a form, by field, where that is the reason
     */
    record Refused(Refusal reason, AgentState state, Map<String, String> violations) implements Decision {
        public Refused {
            violations = Map.copyOf(violations);
        }

        public Refused(Refusal reason, AgentState state) {
            this(reason, state, Map.of());
        }
    }
}
