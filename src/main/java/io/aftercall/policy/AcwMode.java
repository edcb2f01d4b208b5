package io.aftercall.policy;

/** How long an ACW lasts and who may end it. */
public enum AcwMode {
    /** No ACW: the agent is free when the interaction ends. */
    OFF,
    /** Free at once, and may write up until the deadline: it keeps nothing from the agent and takes no slot. */
    OPTIONAL,
    /** Lasts until the agent completes it, at most for the cap. */
    DISCRETIONARY,
    /** Ends at its deadline, or earlier when the agent completes it. */
    TIMED,
    /** Ends at its deadline and not before, except by force. */
    FIXED,
    /** Only when the agent asked for it during the interaction; then as {@link #TIMED}. */
    AGENT_REQUESTED;

    /** Whether an ACW of this mode gets a deadline. */
    public boolean hasDeadline() {
        return switch (this) {
            case OPTIONAL, TIMED, FIXED, AGENT_REQUESTED -> true;
            case OFF, DISCRETIONARY -> false;
        };
    }

    /** Whether the agent may move that deadline. */
    public boolean extendable() {
        return switch (this) {
            case TIMED, AGENT_REQUESTED -> true;
            case OFF, OPTIONAL, DISCRETIONARY, FIXED -> false;
        };
    }
}
