package io.aftercall.policy;

/** What happens to ACW while its queue is under pressure. */
public enum AcwPressureAction {
    IGNORE,
    REFUSE_EXTENSIONS,
    SHRINK
}
