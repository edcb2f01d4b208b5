package io.aftercall.agent;

import io.aftercall.interaction.Interaction;
import io.aftercall.wrapup.WrapUp;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What is settled about the ACW of an agent for an interaction; kept for ever and changed only by a late edit. */
public sealed interface SettledAcw extends AcwOutcome permits EndedAcw, AcwNotRequired, EarlyCompletion {

    AgentId agentId();

    /** What it was about; empty if that has not been reported yet. */
    Optional<Interaction> reported();

    /** What the agent wrote, as of the last edit; empty if nothing was written. */
    Optional<WrapUp> wrapUp();

    /** How often a wrap-up was written; 0 if never. */
    int wrapUpRevision();

    /** Whether an edit made at this time is still accepted. */
    boolean editableAt(Instant now);

    /** This with another wrap-up. */
    SettledAcw edited(WrapUp wrapUp);

    /** Whether a wrap-up sent now says nothing that is not stored. */
    default boolean says(Optional<WrapUp> sent) {
        return sent.isEmpty() || Objects.equals(sent, wrapUp());
    }
}
