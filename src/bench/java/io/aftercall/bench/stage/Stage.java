package io.aftercall.bench.stage;

import java.time.Duration;
import java.util.List;

/** One thing to measure. It can run any number of times, each time from fresh. */
public interface Stage {
    /**
     * Runs it once.
     *
     * @param duration how long to measure, beside preparing and tidying up
     */
    List<Measurement> run(Duration duration) throws InterruptedException;
}
