package io.aftercall.followup;

/** What is to be done. */
public enum FollowUpKind {
    EMAIL,
    CALLBACK,
    APPOINTMENT,
    ESCALATION,
    ORDER,
    INFORMATION,
    OTHER
}
