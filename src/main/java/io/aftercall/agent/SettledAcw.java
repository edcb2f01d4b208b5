package io.aftercall.agent;

import io.aftercall.interaction.Interaction;
import java.time.Instant;
import java.util.Optional;

/** What is settled about the ACW of an agent for an interaction; kept for ever. */
public sealed interface SettledAcw extends AcwOutcome permits EndedAcw, AcwNotRequired, EarlyCompletion {

    AgentId agentId();

    /** The team that the agent was in then; null for none, and for what has not been reported yet. */
    default String teamId() {
        return null;
    }

    /** What it was about; empty if that has not been reported yet. */
    Optional<Interaction> reported();

    /** Until when the wrap-up may be edited; empty while there is no end to that. */
    Optional<Instant> editableUntil();

    /** Whether an edit of the wrap-up made at this time is still accepted. */
    default boolean editableAt(Instant now) {
        return editableUntil().filter(until -> !now.isBefore(until)).isEmpty();
    }

    /** Whether its policy wants the wrap-up to classify the interaction. */
    default boolean requiresDisposition() {
        return false;
    }
}
