package io.aftercall.policy;

/** Whether an ACW can be completed without a disposition. */
public enum DispositionRequirement {
    NOT_USED,
    OPTIONAL,
    REQUIRED
}
