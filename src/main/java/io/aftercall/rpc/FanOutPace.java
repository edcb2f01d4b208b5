package io.aftercall.rpc;

import java.time.Duration;
import java.time.Instant;

/**
 * When the streams of an event loop are next served: at once while that is little work, and the less often the more
 * work it is, so that what comes in between goes out together and the event loop has time for calls.
 */
final class FanOutPace {

    /** A subscriber is never made to wait for longer, not even by a clock that is set back. */
    private static final Duration LONGEST = Duration.ofMillis(20);

    /** Serving streams takes one part of an event loop's time, this many are left to calls. */
    private static final int REST = 7;

    private Instant next = Instant.MIN;

    /** Streams were served from one time to another. */
    void served(Instant from, Instant to) {
        next = to.plus(atMostLongest(Duration.between(from, to).multipliedBy(REST)));
    }

    /** What is left until streams may be served again; nothing for at once. */
    Duration left(Instant now) {
        return now.isBefore(next) ? atMostLongest(Duration.between(now, next)) : Duration.ZERO;
    }

    private static Duration atMostLongest(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }
}
