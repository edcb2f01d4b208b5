package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.EndedAcw;
import io.aftercall.agent.OpenAcw;
import io.aftercall.report.StatusEntry;
import io.aftercall.wrapup.WrapUpStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What has been recorded of single agents. */
public interface AgentHistory {

    /**
     * What an agent did in a period, as it stands at one moment.
     *
     * @param mostAcws of those that have ended; of more than that, the first are only counted
     */
    CompletionStage<Past> past(TenantId tenant, AgentId agentId, Instant from, Instant until, int mostAcws);

    /**
     * What an agent did.
     *
     * @param agent as he is now; empty if he is not known any more
     * @param log as {@link io.aftercall.report.AgentTimeline} wants it
     * @param keptSince from when on changes are kept; empty if all are
     * @param ended ACWs that ended later than the period began and began before it ended, by their beginning
     * @param omitted how many of these are left out
     */
    record Past(
            Optional<AgentState> agent,
            List<StatusEntry> log,
            Optional<Instant> keptSince,
            List<WrittenUp> ended,
            int omitted) {

        /** Whether there is anything to tell. */
        public boolean isNothing() {
            return agent.isEmpty() && log.isEmpty() && ended.isEmpty();
        }

        /** Those that are open and began before a time, the oldest first. */
        public List<OpenAcw> open(Instant until) {
            return agent.map(AgentState::acws).orElse(List.of()).stream()
                    .filter(acw -> acw.startTime().isBefore(until))
                    .toList();
        }
    }

    /**
     * An ACW and how far its wrap-up is.
     *
     * @param status null if there is no wrap-up
     * @param late whether that became complete only after the ACW had ended
     */
    record WrittenUp(EndedAcw acw, WrapUpStatus status, boolean late) {}
}
