package io.aftercall.telemetry;

import java.time.Duration;

/** Spans between two clocks. */
final class Elapsed {

    private Elapsed() {}

    /** None is shorter than nothing, though one clock may be a little ahead of the other; timers refuse such spans. */
    static Duration notNegative(Duration span) {
        return span.isNegative() ? Duration.ZERO : span;
    }
}
