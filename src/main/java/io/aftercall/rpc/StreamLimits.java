package io.aftercall.rpc;

import java.time.Duration;

/**
 * What streams may cost.
 *
 * @param perCaller how many of one caller may be open at once
 * @param perReplica how many may be open at once
 * @param maxAge after what time a stream is sent to connect again, give or take a tenth
 * @param maxLag how long a subscriber may leave what is there for him unread
 * @param drainWindow over what time streams are sent away at most when the server stops
 * @param tick how often streams are looked at for bookmarks, lag and age
 */
public record StreamLimits(
        int perCaller, int perReplica, Duration maxAge, Duration maxLag, Duration drainWindow, Duration tick) {

    /**
     * The age at which one stream ends: those that began together do not come back together.
     *
     * @param draw from 0 to 1, at random
     */
    Duration age(double draw) {
        return Duration.ofMillis(Math.round(maxAge.toMillis() * (0.9 + 0.2 * draw)));
    }
}
