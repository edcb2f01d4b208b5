package io.aftercall.bench.stage;

import io.aftercall.api.v1.AcwServiceGrpc;
import io.aftercall.api.v1.AcwServiceGrpc.AcwServiceStub;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** StartAcw and then CompleteAcw for a fresh interaction, over and over: two writes a turn. */
public final class WriteStage implements Stage {
    private static final int AGENTS_PER_CALLER = 4;

    private final Connections connections;
    private final int callers;

    /** Measures so many callers, each with agents of his own. */
    public WriteStage(Connections connections, int callers) {
        this.connections = connections;
        this.callers = callers;
    }

    /** Returns the name of what is found. */
    public static String name(int callers) {
        return "StartAcw and CompleteAcw, callers: %d".formatted(callers);
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        Latencies latencies = new Latencies();
        Failures failures = new Failures();
        Calls calls = new Calls(latencies, failures);
        EndedCalls endedCalls = new EndedCalls();
        long start = System.nanoTime();
        new ClosedLoop(callers, (caller, turn) -> pair(calls, endedCalls, caller, turn)).runFor(duration);
        long nanos = System.nanoTime() - start;
        return List.of(Measurement.of(name(callers), latencies.overall(), nanos, failures));
    }

    private CompletionStage<?> pair(Calls calls, EndedCalls endedCalls, int caller, int turn) {
        AcwServiceStub acws = AcwServiceGrpc.newStub(connections.channel(caller));
        String agentId = "bench-write-" + caller + "-" + turn % AGENTS_PER_CALLER;
        StartAcwRequest ended = endedCalls.next(agentId);
        return calls.send(acws::startAcw, ended)
                .thenCompose(started -> calls.send(
                        acws::completeAcw,
                        CompleteAcwRequest.newBuilder()
                                .setAgentId(agentId)
                                .setInteractionId(ended.getInteraction().getInteractionId())
                                .build()));
    }
}
