package io.aftercall.policy;

/** What a policy is for; a later scope overrides an earlier one. */
public enum PolicyScope {
    TENANT,
    TEAM,
    QUEUE,
    AGENT
}
