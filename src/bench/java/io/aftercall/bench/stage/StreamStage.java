package io.aftercall.bench.stage;

import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.AgentStateServiceGrpc.AgentStateServiceStub;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamDelivery;
import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import io.aftercall.simulator.StateSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Changes at a steady pace, whether or not the server keeps up, and how long each takes from just before it is
 * written to each of many subscribers of every change.
 */
public final class StreamStage implements Stage {
    /** Before the nano time at which a change was sent: it travels as the agent's not-ready reason. */
    static final String SENT = "sent-";

    private static final int AGENTS = 200;

    private final Connections writer;
    private final Connections watchers;
    private final int subscribers;
    private final Pace pace;

    /**
     * Measures so many subscribers, spread over the connections of the watchers.
     *
     * @param changesPerSecond 1 to 1,000
     */
    public StreamStage(Connections writer, Connections watchers, int subscribers, int changesPerSecond) {
        this.writer = writer;
        this.watchers = watchers;
        this.subscribers = subscribers;
        this.pace = new Pace(changesPerSecond);
    }

    /** Returns the name of what is found. */
    public static String name(int subscribers, int changesPerSecond) {
        return "deliveries to %d subscribers, changes/s: %d".formatted(subscribers, changesPerSecond);
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        Latencies latencies = new Latencies();
        Failures failures = new Failures();
        Calls calls = new Calls(new Latencies(), failures);
        new ClosedLoop(1, (caller, turn) -> write(calls, turn, "bench")).runTurns(AGENTS);

        List<DeliveryCheck> checks = new ArrayList<>();
        List<StateSubscription> subscriptions = new ArrayList<>();
        try {
            for (int i = 0; i < subscribers; i++) {
                DeliveryCheck check = new DeliveryCheck(latencies, failures);
                checks.add(check);
                subscriptions.add(new StateSubscription(watchers.channel(i), everyChange(), check));
            }
            if (!Await.until(() -> subscriptions.stream().allMatch(StateSubscription::caughtUp), 30)) {
                failures.count("snapshot not complete within 30 s", 1);
            }
            long start = System.nanoTime();
            Collection<Long> revisions = writeSteadily(calls, duration);
            long newest = revisions.stream().mapToLong(Long::longValue).max().orElse(0);
            Await.until(() -> checks.stream().allMatch(check -> check.hasReached(newest)), 10);
            long nanos = System.nanoTime() - start;
            checks.forEach(check -> check.countMissing(revisions));
            return List.of(Measurement.of(name(subscribers, pace.perSecond()), latencies.overall(), nanos, failures));
        } finally {
            subscriptions.forEach(StateSubscription::close);
        }
    }

    /** Returns the revisions of the changes that the server has acknowledged. */
    private Collection<Long> writeSteadily(Calls calls, Duration duration) throws InterruptedException {
        Collection<Long> revisions = new ConcurrentLinkedQueue<>();
        pace.keep(duration, change -> write(calls, change, SENT + System.nanoTime())
                .thenAccept(revisions::add));
        return revisions;
    }

    private CompletableFuture<Long> write(Calls calls, int change, String reason) {
        AgentStateServiceStub states = AgentStateServiceGrpc.newStub(writer.channel(change));
        return calls.send(
                        states::setPresence,
                        SetPresenceRequest.newBuilder()
                                .setAgentId("bench-stream-" + change % AGENTS)
                                .setPresence(Presence.PRESENCE_NOT_READY)
                                .setNotReadyReason(reason)
                                .build())
                .thenApply(response -> response.getAgentState().getRevision());
    }

    private static StreamAgentStatesRequest everyChange() {
        return StreamAgentStatesRequest.newBuilder()
                .setDelivery(StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE)
                .build();
    }
}
