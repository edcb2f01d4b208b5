package io.aftercall.bench.client;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Records spans of time from any thread, to three significant digits and at most an hour. */
public final class Latencies {
    private static final long LONGEST = TimeUnit.HOURS.toMicros(1);

    private final Recorder recorder = new Recorder(LONGEST, 3);
    private final Histogram total = new Histogram(LONGEST, 3);

    /**
     * Records one span.
     *
     * @param nanos its length in nanoseconds; less than nothing counts as nothing
     */
    public void record(long nanos) {
        recorder.recordValue(Math.min(Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos)), LONGEST));
    }

    /** Returns what was recorded since this was last asked. */
    public synchronized Percentiles sinceLast() {
        Histogram interval = recorder.getIntervalHistogram();
        total.add(interval);
        return percentiles(interval);
    }

    /** Returns everything that was ever recorded. */
    public synchronized Percentiles overall() {
        sinceLast();
        return percentiles(total);
    }

    private static Percentiles percentiles(Histogram micros) {
        return new Percentiles(
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getMaxValue() / 1e3);
    }
}
