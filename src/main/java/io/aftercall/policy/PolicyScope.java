package io.aftercall.policy;

/** What a policy is for; a later scope overrides an earlier one. */
public enum PolicyScope {
    TENANT,
    TEAM,
    QUEUE,
    AGENT;

    /** Whether this release knows policies of this scope. */
    public boolean supported() {
        return switch (this) {
            case TENANT, AGENT -> true;
            case TEAM, QUEUE -> false;
        };
    }
}
