package io.aftercall.bench.stage;

import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** StartAcw and then CompleteAcw for a fresh interaction, over and over: two writes a turn. */
public final class WriteStage implements Stage {
    private final Connections connections;
    private final int callers;
    private final UnaryOperator<CompleteAcwRequest.Builder> more;

    /** Measures so many callers, each with agents of his own. */
    public WriteStage(Connections connections, int callers) {
        this(connections, callers, UnaryOperator.identity());
    }

    /** Writes more at the end of each ACW. */
    WriteStage(Connections connections, int callers, UnaryOperator<CompleteAcwRequest.Builder> more) {
        this.connections = connections;
        this.callers = callers;
        this.more = more;
    }

    /** Returns the name of what is found. */
    public static String name(int callers) {
        return "StartAcw and CompleteAcw, callers: %d".formatted(callers);
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        Latencies latencies = new Latencies();
        Failures failures = new Failures();
        AcwPairs pairs = new AcwPairs(connections, new Calls(latencies, failures), more);
        long start = System.nanoTime();
        new ClosedLoop(callers, pairs::write).runFor(duration);
        long nanos = System.nanoTime() - start;
        return List.of(Measurement.of(name(callers), latencies.overall(), nanos, failures));
    }
}
