package io.aftercall.faults;

import com.google.protobuf.Timestamp;
import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.AgentStateChange;
import io.aftercall.api.v1.AgentStateChangeCause;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An entry of the log, or a stream's copy of one.
 *
 * @param agentId empty where policies changed, and then all that follows is empty too
 * @param cause as in the database
 * @param endReason empty unless an ACW ended
 * @param deadlines of the ACWs that are open afterwards, by their ids
 */
record LoggedChange(
        long revision,
        Instant time,
        String cause,
        String agentId,
        long version,
        String interactionId,
        String acwId,
        String endReason,
        Map<String, Instant> deadlines) {

    static final String STARTED = "ACW_STARTED";
    static final String EXTENDED = "ACW_EXTENDED";
    static final String ENDED = "ACW_ENDED";
    static final String TIMED_OUT = "TIMED_OUT";

    static LoggedChange of(AgentStateChange change) {
        return new LoggedChange(
                change.getRevision(),
                instant(change.getChangeTime()),
                name(AgentStateChangeCause.class, change.getCause()),
                change.getState().getAgentId(),
                change.getState().getVersion(),
                change.getInteractionId(),
                change.getAcwId(),
                change.getEndReason() == AcwEndReason.ACW_END_REASON_UNSPECIFIED
                        ? ""
                        : name(AcwEndReason.class, change.getEndReason()),
                change.getState().getAcwsList().stream()
                        .collect(Collectors.toMap(AfterCallWork::getAcwId, acw -> instant(acw.getDeadlineTime()))));
    }

    static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    boolean ofAgent() {
        return !agentId.isEmpty();
    }

    /** Whether this and the next entry may be steps of one command. */
    boolean sameCommandAs(LoggedChange following) {
        return ofAgent() && agentId.equals(following.agentId) && time.equals(following.time);
    }

    private static String name(Class<?> type, Enum<?> value) {
        String prefix =
                type.getSimpleName().replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase() + "_";
        return value.name().substring(prefix.length());
    }
}
