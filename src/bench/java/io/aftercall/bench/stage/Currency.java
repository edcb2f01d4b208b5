package io.aftercall.bench.stage;

import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import io.aftercall.simulator.StateSubscription;
import io.grpc.Status;
import java.time.Duration;
import java.util.Arrays;

/**
 * One subscriber of {@link ConflatedStage}: how long he is behind each change. A change that he is never told of,
 * as a later one of the same agent takes its place, counts until that later one arrives.
 */
final class Currency implements StateSubscription.Listener {
    private final SentChanges sent;
    private final Latencies behind;
    private final Failures failures;
    private final int[] held;
    private boolean hears;
    private int known;

    Currency(SentChanges sent, Latencies behind, Failures failures) {
        this.sent = sent;
        this.behind = behind;
        this.failures = failures;
        this.held = new int[sent.agents()];
        Arrays.setAll(held, agent -> agent - sent.agents());
    }

    @Override
    public synchronized void received(StreamAgentStatesResponse response) {
        long now = System.nanoTime();
        hears = true;
        for (AgentStateEvent event : response.getEventsList()) {
            if (event.hasChange()) {
                hold(SentChanges.number(event.getChange().getState().getNotReadyReason()), now);
            }
        }
    }

    @Override
    public void broken(Status status, Duration pause) {
        failures.count("stream broken " + status.getCode(), 1);
    }

    /** Returns whether anything has arrived. */
    synchronized boolean hears() {
        return hears;
    }

    /** Returns whether every change that was sent has arrived, or a later one of its agent. */
    synchronized boolean isCurrent() {
        return known == sent.count();
    }

    private void hold(int change, long now) {
        if (change < 0) {
            return;
        }
        int agent = change % held.length;
        failures.count("change twice or out of order", change <= held[agent] ? 1 : 0);
        for (int covered = held[agent] + held.length; covered <= change; covered += held.length) {
            behind.record(now - sent.time(covered));
            known++;
        }
        held[agent] = Math.max(held[agent], change);
    }
}
