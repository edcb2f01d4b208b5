package io.aftercall.agent;

import io.aftercall.interaction.InteractionId;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A command to one agent: a call of a router's or of a supervisor's, or a timer. Each knows its own rules. */
public sealed interface Command
        permits StartAcw,
                CompleteAcw,
                ExtendAcw,
                RequestAcw,
                SaveWrapUp,
                OfferPreview,
                WithdrawPreview,
                CreateFollowUp,
                UpdateFollowUp,
                EndAcws,
                ApplyPolicy,
                ApplyPressure,
                BeginInteraction,
                SetPresence,
                UpdateAgent,
                DeleteAgent,
                ForgetCustomer,
                ExpireDue {

    AgentId agentId();

    /** The interaction that it is about, whose settled ACW it needs to know; empty if it is about none. */
    Optional<InteractionId> interactionId();

    /** The follow-ups that it names. */
    default Set<UUID> followUps() {
        return Set.of();
    }

    /** Whether it is a timer, which needs to know of what the agent is to be reminded. */
    default boolean timer() {
        return false;
    }

    /**
     * Decides.
     *
     * @param settled what is settled about the agent's ACW for {@link #interactionId()}
     */
    Decision decide(Evolution agent, Optional<SettledAcw> settled);
}
