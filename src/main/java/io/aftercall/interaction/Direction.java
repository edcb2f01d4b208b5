package io.aftercall.interaction;

/** Who called whom. */
public enum Direction {
    INBOUND,
    OUTBOUND,
    INTERNAL
}
