package io.aftercall.policy;

/** What happens to the presence when an ACW times out. */
public enum AcwTimeoutAction {
    RESUME,
    NOT_READY
}
