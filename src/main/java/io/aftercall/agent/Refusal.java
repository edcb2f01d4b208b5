package io.aftercall.agent;

/** Why a command was refused: an illegal move, of which nothing remains. */
public enum Refusal {
    AGENT_NOT_FOUND,
    AGENT_WORKING,
    ACW_NOT_FOUND,
    AGENT_NOT_ROUTABLE,
    INTERACTION_ENDED,
    INTERACTION_NOT_LIVE,
    ACW_ENDED,
    EXTENSIONS_EXHAUSTED,
    EXTENSION_NOT_ALLOWED,
    QUEUE_UNDER_PRESSURE,
    DISPOSITION_REQUIRED,
    EARLY_EXIT_NOT_ALLOWED
}
