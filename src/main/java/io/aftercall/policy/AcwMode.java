package io.aftercall.policy;

/** How long an ACW lasts and who may end it. */
public enum AcwMode {
    /** No ACW: the agent is free when the interaction ends. */
    OFF,
    /** Free at once, the agent may still write up. Not in force in this release. */
    OPTIONAL,
    /** Lasts until the agent completes it, at most for the cap. */
    DISCRETIONARY,
    /** Ends at its deadline, or earlier when the agent completes it. */
    TIMED,
    /** Ends at its deadline and not before, except by force. */
    FIXED,
    /** Only when the agent asked for it during the interaction. Not in force in this release. */
    AGENT_REQUESTED;

    /** Whether this release carries the mode out. */
    public boolean supported() {
        return switch (this) {
            case OFF, DISCRETIONARY, TIMED, FIXED -> true;
            case OPTIONAL, AGENT_REQUESTED -> false;
        };
    }

    /** Whether an ACW of this mode gets a deadline. */
    public boolean hasDeadline() {
        return switch (this) {
            case TIMED, FIXED -> true;
            case OFF, OPTIONAL, DISCRETIONARY, AGENT_REQUESTED -> false;
        };
    }
}
