package io.aftercall.agent;

/** Why an ACW ended. */
public enum EndReason {
    COMPLETED,
    TIMED_OUT,
    FORCED,
    LOGGED_OUT,
    POLICY_DISABLED,
    INTERRUPTED
}
