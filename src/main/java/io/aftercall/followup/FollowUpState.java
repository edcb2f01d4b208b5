package io.aftercall.followup;

/** Whether it has been done. */
public enum FollowUpState {
    OPEN,
    DONE,
    CANCELLED
}
