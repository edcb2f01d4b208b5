package io.aftercall.bench;

import com.google.protobuf.Timestamp;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStateChange;
import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.bench.client.ProtoTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** One event of the stream as a line for people, with times of day in this machine's zone. */
final class EventLine {
    private static final DateTimeFormatter TIME_OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
    private static final String NO_TIME = " ".repeat(12);

    private EventLine() {}

    /** Returns the line, without a line end. */
    static String of(AgentStateEvent event) {
        return switch (event.getEventCase()) {
            case SNAPSHOT_ENTRY -> snapshotEntry(event.getSnapshotEntry().getState());
            case SNAPSHOT_END ->
                "%s  snapshot of %d agents at revision %d"
                        .formatted(
                                NO_TIME,
                                event.getSnapshotEnd().getAgentCount(),
                                event.getSnapshotEnd().getRevision());
            case CHANGE -> change(event.getChange());
            case LEFT_FILTER ->
                "%s  %-12s left the filter"
                        .formatted(NO_TIME, event.getLeftFilter().getAgentId());
            case BOOKMARK ->
                "%s  nothing new".formatted(time(event.getBookmark().getServerTime()));
            case GOING_AWAY -> "%s  the server is going away".formatted(NO_TIME);
            case EVENT_NOT_SET -> "%s  an event that this program does not know".formatted(NO_TIME);
        };
    }

    private static String snapshotEntry(AgentState state) {
        return "%s  %-12s %s%s, revision %d"
                .formatted(
                        time(state.getStatusSinceTime()),
                        state.getAgentId(),
                        name(state.getStatus()),
                        state.getAcwsCount() > 0 ? deadline(state.getAcws(0)) : "",
                        state.getRevision());
    }

    private static String change(AgentStateChange change) {
        AgentState state = change.getState();
        StringBuilder line = new StringBuilder("%s  %-12s %s -> %s, %s"
                .formatted(
                        time(change.getChangeTime()),
                        state.getAgentId(),
                        name(change.getPreviousStatus()),
                        name(state.getStatus()),
                        change.getCause().name().replace("AGENT_STATE_CHANGE_CAUSE_", "")));
        if (change.getEndReasonValue() != 0) {
            line.append(" ").append(change.getEndReason().name().replace("ACW_END_REASON_", ""));
        }
        state.getAcwsList().stream()
                .filter(acw -> acw.getAcwId().equals(change.getAcwId()))
                .forEach(acw -> line.append(deadline(acw)));
        line.append(", revision ").append(change.getRevision());
        if (change.getCoalescedCount() > 1) {
            line.append(", stands for ").append(change.getCoalescedCount()).append(" changes");
        }
        return line.toString();
    }

    private static String deadline(AfterCallWork acw) {
        return acw.hasDeadlineTime() ? " until " + time(acw.getDeadlineTime()) : " without a deadline";
    }

    private static String name(AgentStatus status) {
        return status.name().replace("AGENT_STATUS_", "");
    }

    private static String time(Timestamp time) {
        return TIME_OF_DAY.format(ProtoTime.instant(time));
    }
}
