package io.aftercall.delivery;

/** What can have happened. */
public enum EventType {
    /** An interaction's ACW has ended with something written about it, be it complete or not. */
    WRAP_UP_FINISHED("io.aftercall.wrap_up.finished"),
    /** What was written has been changed since. */
    WRAP_UP_REVISED("io.aftercall.wrap_up.revised"),
    FOLLOW_UP_CREATED("io.aftercall.follow_up.created"),
    /** Another time, another assignee, another note, or it is done. */
    FOLLOW_UP_UPDATED("io.aftercall.follow_up.updated"),
    /** Its holder has been reminded. */
    FOLLOW_UP_DUE("io.aftercall.follow_up.due"),
    /** What was written about a customer, and for him, has been erased. */
    CUSTOMER_ERASED("io.aftercall.customer.erased"),
    /** Nothing has: somebody wants to see whether a webhook works. */
    WEBHOOK_TESTED("io.aftercall.webhook.tested");

    private final String cloudEventType;

    EventType(String cloudEventType) {
        this.cloudEventType = cloudEventType;
    }

    /** The {@code type} of a CloudEvent. */
    public String cloudEventType() {
        return cloudEventType;
    }
}
