package io.aftercall.bench.stage;

import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.AgentStateServiceGrpc.AgentStateServiceStub;
import io.aftercall.api.v1.Consistency;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import java.time.Duration;
import java.util.List;

/** GetAgentState. From memory alone it is the baseline: what a call costs here that does nothing. */
public final class ReadStage implements Stage {
    private static final int AGENTS_PER_CALLER = 10;
    private static final Consistency ANY = Consistency.newBuilder().setAny(true).build();

    private final Connections connections;
    private final int callers;
    private final boolean linearizable;

    /** Measures so many callers, each with agents of his own. */
    public ReadStage(Connections connections, int callers, boolean linearizable) {
        this.connections = connections;
        this.callers = callers;
        this.linearizable = linearizable;
    }

    /** Returns the name of what is found. */
    public static String name(int callers, boolean linearizable) {
        return "GetAgentState, %s, callers: %d".formatted(linearizable ? "linearizable" : "from memory", callers);
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        Failures failures = new Failures();
        Calls preparation = new Calls(new Latencies(), failures);
        new ClosedLoop(
                        callers,
                        (caller, turn) -> preparation.send(
                                states(caller)::setPresence,
                                SetPresenceRequest.newBuilder()
                                        .setAgentId(agentId(caller, turn))
                                        .setPresence(Presence.PRESENCE_AVAILABLE)
                                        .build()))
                .runTurns(AGENTS_PER_CALLER);

        Latencies latencies = new Latencies();
        Calls calls = new Calls(latencies, failures);
        long start = System.nanoTime();
        new ClosedLoop(
                        callers,
                        (caller, turn) -> calls.send(
                                states(caller)::getAgentState,
                                GetAgentStateRequest.newBuilder()
                                        .setAgentId(agentId(caller, turn))
                                        .setConsistency(linearizable ? Consistency.getDefaultInstance() : ANY)
                                        .build()))
                .runFor(duration);
        long nanos = System.nanoTime() - start;
        return List.of(Measurement.of(name(callers, linearizable), latencies.overall(), nanos, failures));
    }

    private AgentStateServiceStub states(int caller) {
        return AgentStateServiceGrpc.newStub(connections.channel(caller));
    }

    private static String agentId(int caller, int turn) {
        return "bench-read-" + caller + "-" + turn % AGENTS_PER_CALLER;
    }
}
