package io.aftercall.delivery;

import java.net.URI;
import java.time.Instant;
import java.util.Set;

/**
 * Where a tenant's events go by HTTP.
 *
 * @param eventTypes what it wants to be told; empty for everything
 * @param enabled whether it is told what happens from now on
 * @param disabled since when it is not, and why; null if it is
 * @param revision counts how often it was changed, from 1
 * @param health what its server says of it
 */
public record Webhook(
        String id,
        String url,
        String description,
        Set<EventType> eventTypes,
        boolean enabled,
        Disabled disabled,
        int revision,
        Instant createTime,
        Instant updateTime,
        Health health) {

    public static final int MAX_URL_LENGTH = 2_048;
    public static final int MAX_DESCRIPTION_LENGTH = 256;

    /** Of which a tenant may have so many. */
    public static final int MOST = 100;

    /**
     * Whether it answers.
     *
     * @param failures how often in turn it has not
     * @param pausedUntil nothing is sent before; null if it is not paused
     * @param pending how many deliveries wait; {@link #MOST_COUNTED} if it is as many or more
     * @param parked how many were given up; the same
     */
    public record Health(int failures, Instant pausedUntil, long pending, long parked) {
        public static final int MOST_COUNTED = 10_000;

        public static final Health UNTRIED = new Health(0, null, 0, 0);
    }

    /**
     * That it is disabled.
     *
     * @param since what has happened since then it is never told
     * @param reason null if that was not kept
     */
    public record Disabled(Instant since, DisableReason reason) {}

    public Webhook {
        eventTypes = Set.copyOf(eventTypes);
    }

    public String etag() {
        return Integer.toString(revision);
    }

    /** The host that it is at. */
    public String host() {
        return URI.create(url).getHost();
    }

    /** Its outlet's name. */
    public String outlet() {
        return outlet(id);
    }

    /** The name of a webhook's outlet. */
    public static String outlet(String id) {
        return "webhooks/" + id;
    }
}
