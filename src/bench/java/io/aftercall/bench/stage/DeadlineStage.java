package io.aftercall.bench.stage;

import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AcwMode;
import io.aftercall.api.v1.AcwServiceGrpc;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.StartAcwResponse;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamDelivery;
import io.aftercall.bench.client.BorrowedPolicy;
import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import io.aftercall.bench.client.ProtoTime;
import io.aftercall.simulator.StateSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Thousands of ACWs that fall due together, and how late each ends. They are as close together as the server
 * starts them; the figure per second says how close. Takes as long as it takes, whatever the duration.
 */
public final class DeadlineStage implements Stage {
    private static final int CALLERS = 100;
    private static final Duration ACW = Duration.ofSeconds(3);
    private static final long PATIENCE_SECONDS = ACW.toSeconds() + 10;

    private final Connections connections;
    private final int agents;

    /**
     * Measures one ACW for each of so many agents.
     *
     * @param agents a multiple of 100
     */
    public DeadlineStage(Connections connections, int agents) {
        this.connections = connections;
        this.agents = agents;
    }

    /** Returns the name of what is found about their receipt. */
    public static String name(int agents) {
        return "%,d deadlines, received".formatted(agents);
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        Failures failures = new Failures();
        AcwEnds ends = new AcwEnds(failures);
        StreamAgentStatesRequest everyChange = StreamAgentStatesRequest.newBuilder()
                .setDelivery(StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE)
                .build();
        try (BorrowedPolicy policy = new BorrowedPolicy(connections.channel(0), threeSeconds());
                StateSubscription subscription = new StateSubscription(connections.channel(0), everyChange, ends)) {
            if (!Await.until(subscription::caughtUp, 30)) {
                failures.count("snapshot not complete within 30 s", 1);
            }
            Map<String, Instant> deadlines = startAll(failures);
            Await.until(() -> ends.byAcw().keySet().containsAll(deadlines.keySet()), PATIENCE_SECONDS);
            return compare(deadlines, ends.byAcw(), failures);
        }
    }

    /** Returns the deadline of each ACW. */
    private Map<String, Instant> startAll(Failures failures) throws InterruptedException {
        Map<String, Instant> deadlines = new ConcurrentHashMap<>();
        Calls calls = new Calls(new Latencies(), failures);
        EndedCalls endedCalls = new EndedCalls();
        new ClosedLoop(CALLERS, (caller, turn) -> calls.send(
                                AcwServiceGrpc.newStub(connections.channel(caller))::startAcw,
                                endedCalls.next("bench-deadline-" + (turn * CALLERS + caller)))
                        .thenAccept(response -> note(response, deadlines, failures)))
                .runTurns(agents / CALLERS);
        return deadlines;
    }

    private static void note(StartAcwResponse response, Map<String, Instant> deadlines, Failures failures) {
        if (response.getAcw().hasDeadlineTime()) {
            deadlines.put(
                    response.getAcw().getAcwId(),
                    ProtoTime.instant(response.getAcw().getDeadlineTime()));
        } else {
            failures.count("no deadline", 1);
        }
    }

    private List<Measurement> compare(
            Map<String, Instant> deadlines, Map<String, AcwEnds.End> ends, Failures failures) {
        Latencies toReceipt = new Latencies();
        Latencies toCommit = new Latencies();
        Failures early = new Failures();
        deadlines.forEach((acwId, deadline) -> {
            AcwEnds.End end = ends.get(acwId);
            if (end == null) {
                failures.count("not ended", 1);
                return;
            }
            failures.count("not timed out", end.reason() == AcwEndReason.ACW_END_REASON_TIMED_OUT ? 0 : 1);
            early.count("ended early", end.committed().isBefore(deadline) ? 1 : 0);
            toReceipt.record(Duration.between(deadline, end.received()).toNanos());
            toCommit.record(Duration.between(deadline, end.committed()).toNanos());
        });
        long nanos = deadlines.isEmpty()
                ? 1
                : Duration.between(Collections.min(deadlines.values()), Collections.max(deadlines.values()))
                        .toNanos();
        failures.count(
                "due over more than a second", nanos > Duration.ofSeconds(1).toNanos() ? 1 : 0);
        return List.of(
                Measurement.of(name(agents), toReceipt.overall(), nanos, failures),
                Measurement.of("%,d deadlines, committed".formatted(agents), toCommit.overall(), nanos, early));
    }

    private static Policy threeSeconds() {
        return Policy.newBuilder()
                .setMode(AcwMode.ACW_MODE_TIMED)
                .setDuration(ProtoTime.duration(ACW))
                .build();
    }
}
