package io.aftercall.agent;

/** What changed an agent. */
public enum ChangeCause {
    AGENT_REGISTERED,
    AGENT_UPDATED,
    AGENT_DELETED,
    PRESENCE_CHANGED,
    INTERACTION_BEGAN,
    INTERACTION_ENDED,
    ACW_REQUESTED,
    ACW_STARTED,
    ACW_EXTENDED,
    ACW_ENDING,
    ACW_ENDED,
    ACW_PAUSED,
    ACW_RESUMED,
    REST_ENDED,
    POLICY_APPLIED,
    ACW_SHORTENED
}
