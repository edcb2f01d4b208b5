package io.aftercall.policy;

/** What an open ACW keeps from the agent. */
public enum AcwBlocks {
    ALL_CHANNELS,
    OWN_CHANNEL
}
