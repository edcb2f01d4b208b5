package io.aftercall.agent;

import io.aftercall.interaction.InteractionId;

/** What has come of the after-call work of one agent for one interaction. There is at most one, for ever. */
public sealed interface AcwOutcome permits OpenAcw, SettledAcw {

    InteractionId interactionId();
}
