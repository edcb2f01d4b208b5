package io.aftercall.simulator;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AgentStateChange;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The counts of the day. What concerns ACWs is counted from the stream, as a dashboard would. */
final class Tally {
    int served;
    int abandoned;
    int refused;

    private int started;
    private int extended;
    private int completed;
    private int timedOut;
    private int timed;
    private Duration total = Duration.ZERO;
    private final Map<String, Started> open = new HashMap<>();
    private final Map<String, Ended> ended = new HashMap<>();

    /** When an ACW has started, and of which queue it is. */
    private record Started(Timestamp time, String queueId) {}

    /**
     * The ACWs that have ended, of those that were seen to start.
     *
     * @param count how many
     * @param timedOut how many of them timed out
     */
    record Ended(int count, int timedOut) {
        private static final Ended NONE = new Ended(0, 0);

        Ended and(boolean timeOut) {
            return new Ended(count + 1, timedOut + (timeOut ? 1 : 0));
        }
    }

    /** Returns how many ACWs have ended. */
    int ended() {
        return ended.values().stream().mapToInt(Ended::count).sum();
    }

    /** Returns how many ACWs the agents have completed themselves. */
    int completed() {
        return completed;
    }

    /** Returns how many ACWs have timed out. */
    int timedOut() {
        return timedOut;
    }

    /** Returns the ended ACWs of each queue. */
    Map<String, Ended> endedByQueue() {
        return Map.copyOf(ended);
    }

    /** Counts a change of the stream. */
    void count(AgentStateChange change) {
        Timestamp time = change.getChangeTime();
        switch (change.getCause()) {
            case AGENT_STATE_CHANGE_CAUSE_ACW_STARTED -> {
                started++;
                open.put(change.getAcwId(), new Started(time, queueId(change)));
            }
            case AGENT_STATE_CHANGE_CAUSE_ACW_EXTENDED -> extended++;
            case AGENT_STATE_CHANGE_CAUSE_ACW_ENDED -> ended(change, time);
            default -> {}
        }
    }

    /**
     * Returns the counts of calls and ACWs.
     *
     * @param waiting how many calls wait now
     * @param time turns the real length of ACWs into simulated seconds
     */
    String inWords(int waiting, SimulatedTime time) {
        double average = timed == 0 ? 0 : time.simulated(total).toMillis() / 1e3 / timed;
        return ("calls %d waiting %d served %d abandoned, %d begins refused | "
                        + "acw %d started %d completed %d timed out %d extended avg %.1f s")
                .formatted(waiting, served, abandoned, refused, started, completed, timedOut, extended, average);
    }

    private void ended(AgentStateChange change, Timestamp time) {
        if (change.getEndReason() == AcwEndReason.ACW_END_REASON_COMPLETED) {
            completed++;
        } else if (change.getEndReason() == AcwEndReason.ACW_END_REASON_TIMED_OUT) {
            timedOut++;
        }
        Started start = open.remove(change.getAcwId());
        if (start != null) {
            timed++;
            total = total.plusNanos(Durations.toNanos(Timestamps.between(start.time, time)));
            boolean timeOut = change.getEndReason() == AcwEndReason.ACW_END_REASON_TIMED_OUT;
            ended.merge(start.queueId, Ended.NONE.and(timeOut), (all, one) -> all.and(timeOut));
        }
    }

    private static String queueId(AgentStateChange change) {
        return change.getState().getAcwsList().stream()
                .filter(acw -> acw.getAcwId().equals(change.getAcwId()))
                .map(acw -> acw.getInteraction().getQueueId())
                .findFirst()
                .orElse("");
    }
}
