package io.aftercall.delivery;

/** Why a webhook is disabled. */
public enum DisableReason {
    /** Somebody wanted it so. */
    REQUESTED,
    /** It said that it wants nothing any more. */
    GONE
}
