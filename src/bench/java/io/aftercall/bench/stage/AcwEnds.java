package io.aftercall.bench.stage;

import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AgentStateChange;
import io.aftercall.api.v1.AgentStateChangeCause;
import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.ProtoTime;
import io.aftercall.simulator.StateSubscription;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The subscriber of {@link DeadlineStage}: notes when each ACW ended and that it ended once. */
final class AcwEnds implements StateSubscription.Listener {
    private final Map<String, End> ends = new ConcurrentHashMap<>();
    private final Failures failures;

    /**
     * The end of an ACW.
     *
     * @param received when the subscriber learned of it, by this machine's clock
     * @param committed when it happened, by the database's clock
     * @param reason why it ended
     */
    record End(Instant received, Instant committed, AcwEndReason reason) {}

    AcwEnds(Failures failures) {
        this.failures = failures;
    }

    @Override
    public void received(StreamAgentStatesResponse response) {
        Instant now = Instant.now();
        for (AgentStateEvent event : response.getEventsList()) {
            AgentStateChange change = event.getChange();
            if (change.getCause() == AgentStateChangeCause.AGENT_STATE_CHANGE_CAUSE_ACW_ENDED) {
                End end = new End(now, ProtoTime.instant(change.getChangeTime()), change.getEndReason());
                failures.count("ended twice", ends.putIfAbsent(change.getAcwId(), end) == null ? 0 : 1);
            }
        }
    }

    @Override
    public void broken(Status status, Duration pause) {
        failures.count("stream broken " + status.getCode(), 1);
    }

    /** Returns the ends so far, by ACW. */
    Map<String, End> byAcw() {
        return ends;
    }
}
