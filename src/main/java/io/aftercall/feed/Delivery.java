package io.aftercall.feed;

/** What a subscriber who lags is told. */
public enum Delivery {
    /** The latest state of each agent. */
    CONFLATED,
    /** Every change. */
    EVERY_CHANGE
}
