package io.aftercall.agent;

import java.util.Objects;

/**
 * A presence as an agent declares it.
 *
 * @param notReadyReason why not ready, a code; null if not said, and with any other presence
 * @param declared false until the agent, or a router on the agent's behalf, has declared one
 */
public record PresenceSetting(Presence presence, String notReadyReason, boolean declared) {

    /** Of an agent who is known and of whom no router has said anything: counts as offline. */
    public static final PresenceSetting UNDECLARED = new PresenceSetting(Presence.OFFLINE, null, false);

    public static final PresenceSetting OFFLINE = new PresenceSetting(Presence.OFFLINE, null);
    public static final PresenceSetting AVAILABLE = new PresenceSetting(Presence.AVAILABLE, null);

    public PresenceSetting {
        Objects.requireNonNull(presence, "presence");
        if (notReadyReason != null && presence != Presence.NOT_READY) {
            throw new IllegalArgumentException("Only NOT_READY has a reason");
        }
    }

    public PresenceSetting(Presence presence, String notReadyReason) {
        this(presence, notReadyReason, true);
    }

    public static PresenceSetting notReady(String reason) {
        return new PresenceSetting(Presence.NOT_READY, reason);
    }
}
