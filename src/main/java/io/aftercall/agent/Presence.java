package io.aftercall.agent;

/** What an agent declares about himself. */
public enum Presence {
    OFFLINE,
    AVAILABLE,
    NOT_READY
}
