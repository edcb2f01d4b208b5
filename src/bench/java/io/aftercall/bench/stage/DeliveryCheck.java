package io.aftercall.bench.stage;

import io.aftercall.api.v1.AgentStateChange;
import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import io.aftercall.simulator.StateSubscription;
import io.grpc.Status;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collection;

/** One subscriber of {@link StreamStage}: times what arrives and checks that it comes once and in order. */
final class DeliveryCheck implements StateSubscription.Listener {
    private final Latencies latencies;
    private final Failures failures;
    private final BitSet received = new BitSet();
    private long snapshotRevision;
    private long last;

    DeliveryCheck(Latencies latencies, Failures failures) {
        this.latencies = latencies;
        this.failures = failures;
    }

    @Override
    public synchronized void received(StreamAgentStatesResponse response) {
        long now = System.nanoTime();
        for (AgentStateEvent event : response.getEventsList()) {
            if (event.hasSnapshotEnd()) {
                snapshotRevision = event.getSnapshotEnd().getRevision();
                last = snapshotRevision;
            } else if (event.hasChange()) {
                check(event.getChange().getRevision());
                time(event.getChange(), now);
            }
        }
    }

    @Override
    public void broken(Status status, Duration pause) {
        failures.count("stream broken " + status.getCode(), 1);
    }

    /** Returns whether this revision or a later one has arrived. */
    synchronized boolean hasReached(long revision) {
        return last >= revision;
    }

    /** Counts which of these revisions have not arrived. */
    synchronized void countMissing(Collection<Long> revisions) {
        failures.count(
                "revision missing",
                revisions.stream()
                        .filter(revision -> !received.get(bit(revision)))
                        .count());
    }

    private void check(long revision) {
        if (revision <= last) {
            boolean twice = revision <= snapshotRevision || received.get(bit(revision));
            failures.count(twice ? "revision twice" : "revision out of order", 1);
        }
        if (revision > snapshotRevision) {
            received.set(bit(revision));
        }
        last = Math.max(last, revision);
    }

    private void time(AgentStateChange change, long now) {
        String reason = change.getState().getNotReadyReason();
        if (reason.startsWith(StreamStage.SENT)) {
            latencies.record(now - Long.parseLong(reason.substring(StreamStage.SENT.length())));
        }
    }

    private int bit(long revision) {
        return Math.toIntExact(revision - snapshotRevision);
    }
}
