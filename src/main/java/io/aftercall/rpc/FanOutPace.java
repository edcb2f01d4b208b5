package io.aftercall.rpc;

import java.time.Duration;
import java.time.Instant;

/**
 * When the streams of an event loop are next served: at once while that is little work, and the less often the more
 * work it is, so that what comes in between goes out together and calls are not held up.
 *
 * <p>A call that comes while streams are served waits for the rest of it. Serving that takes {@code s} out of every
 * {@code s + r} makes calls wait for {@code s² / 2(s + r)} on average: the rest {@code r} keeps that at {@link #WAIT},
 * unless it would make subscribers wait for longer than {@link #LONGEST}.
 */
final class FanOutPace {

    /** What streams are to cost a call of the same event loop, on average. */
    private static final Duration WAIT = Duration.ofNanos(200_000);

    /** A subscriber is never made to wait for longer, not even by a clock that is set back. */
    private static final Duration LONGEST = Duration.ofMillis(20);

    private Instant next = Instant.MIN;

    /** Streams were served from one time to another. */
    void served(Instant from, Instant to) {
        next = to.isBefore(from) ? to : to.plus(rest(atMostLongest(Duration.between(from, to))));
    }

    /** What is left until streams may be served again; nothing for at once. */
    Duration left(Instant now) {
        return now.isBefore(next) ? atMostLongest(Duration.between(now, next)) : Duration.ZERO;
    }

    private static Duration rest(Duration serving) {
        long nanos = serving.toNanos();
        return atMostLongest(Duration.ofNanos(Math.max(0, nanos * nanos / (2 * WAIT.toNanos()) - nanos)));
    }

    private static Duration atMostLongest(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }
}
