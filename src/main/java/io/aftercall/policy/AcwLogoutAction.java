package io.aftercall.policy;

/** What happens to an open ACW when the agent logs out. */
public enum AcwLogoutAction {
    KEEP_RUNNING,
    END
}
