package io.aftercall.rpc;

import java.time.Duration;

/** A call beyond the rate that its caller or its tenant may have. */
final class TooManyCalls extends RuntimeException {

    private final String of;
    private final int perSecond;
    private final Duration wait;

    /**
     * @param of whose limit it is: CALLER or TENANT
     * @param wait after which there is room for one
     */
    TooManyCalls(String of, int perSecond, Duration wait) {
        super("Too many calls", null, false, false);
        this.of = of;
        this.perSecond = perSecond;
        this.wait = wait;
    }

    String of() {
        return of;
    }

    int perSecond() {
        return perSecond;
    }

    Duration retryAfter() {
        return wait;
    }
}
