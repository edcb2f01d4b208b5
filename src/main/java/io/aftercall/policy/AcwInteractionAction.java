package io.aftercall.policy;

/** What happens to an open ACW when another interaction begins. */
public enum AcwInteractionAction {
    KEEP_RUNNING,
    PAUSE,
    END
}
