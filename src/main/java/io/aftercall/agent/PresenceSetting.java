package io.aftercall.agent;

import java.util.Objects;

/**
 * A presence as an agent declares it.
 *
 * @param notReadyReason why not ready, a code; null if not said, and with any other presence
 */
public record PresenceSetting(Presence presence, String notReadyReason) {

    public static final PresenceSetting OFFLINE = new PresenceSetting(Presence.OFFLINE, null);
    public static final PresenceSetting AVAILABLE = new PresenceSetting(Presence.AVAILABLE, null);

    public PresenceSetting {
        Objects.requireNonNull(presence, "presence");
        if (notReadyReason != null && presence != Presence.NOT_READY) {
            throw new IllegalArgumentException("Only NOT_READY has a reason");
        }
    }

    public static PresenceSetting notReady(String reason) {
        return new PresenceSetting(Presence.NOT_READY, reason);
    }
}
