package io.aftercall.agent;

/** What the server derives about an agent; see {@link AgentState#status()} for the order. */
public enum AgentStatus {
    OFFLINE,
    NOT_READY,
    AVAILABLE,
    ENGAGED,
    AFTER_CALL_WORK,
    RESTING
}
