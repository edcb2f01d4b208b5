package io.aftercall.report;

/** By what figures are told apart. */
public enum Dimension {
    AGENT,
    TEAM,
    QUEUE,
    DISPOSITION,
    CHANNEL
}
