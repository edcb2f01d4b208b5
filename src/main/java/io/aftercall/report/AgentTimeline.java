package io.aftercall.report;

import io.aftercall.agent.AgentState;
import io.aftercall.agent.AgentStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an agent was, one after the other. There are gaps only where he was not known.
 *
 * @param completeFrom from when on nothing is missing
 */
public record AgentTimeline(List<StatusSpan> spans, Instant completeFrom) {

    /** From a time until the next one. */
    private record Step(Instant from, AgentStatus status, String notReadyReason) {}

    /**
     * Of what is kept.
     *
     * @param log in its order: from the last entry before {@code from}, or the first that is kept, to the first ones
     *     after {@code until}, in which what happened before may have been written down
     * @param agent as he is now; empty if he is not known any more
     * @param keptSince what was before is not in the log any more; empty if everything is
     * @param most spans; of more than that, the first are left out
     */
    public static AgentTimeline of(
            List<StatusEntry> log,
            Optional<AgentState> agent,
            Optional<Instant> keptSince,
            Instant from,
            Instant until,
            int most) {
        // He has not changed since before all that is kept.
        Optional<AgentState> unchanged = log.isEmpty() ? agent : Optional.empty();
        Instant known = earlier(keptSince.orElse(from), unchanged.map(AgentState::statusSince));
        Instant begin = known.isBefore(from) ? from : known;
        List<Step> steps = unchanged
                .map(state -> List.of(new Step(state.statusSince(), state.status(), reason(state))))
                .orElseGet(() -> steps(log, begin));
        List<StatusSpan> spans = spans(steps, begin, until);
        if (spans.size() > most) {
            List<StatusSpan> last = List.copyOf(spans.subList(spans.size() - most, spans.size()));
            return new AgentTimeline(last, last.get(0).from());
        }
        return new AgentTimeline(List.copyOf(spans), begin.isBefore(until) ? begin : until);
    }

    private static Instant earlier(Instant time, Optional<Instant> other) {
        return other.filter(time::isAfter).orElse(time);
    }

    /** Why he is not ready; null if he is, or gave no reason. */
    private static String reason(AgentState agent) {
        return reason(agent.status(), agent.presence().notReadyReason());
    }

    private static String reason(AgentStatus status, String declared) {
        return status == AgentStatus.NOT_READY ? declared : null;
    }

    private static List<Step> steps(List<StatusEntry> log, Instant begin) {
        List<Step> steps = new ArrayList<>(log.size() + 1);
        if (!log.isEmpty() && !log.get(0).first()) {
            steps.add(new Step(begin, log.get(0).before(), null));
        }
        Instant latest = Instant.MIN;
        for (StatusEntry entry : log) {
            Instant at = entry.beginsStatus() ? entry.since() : entry.time();
            latest = at.isAfter(latest) ? at : latest;
            steps.add(new Step(latest, entry.status(), reason(entry.status(), entry.notReadyReason())));
        }
        return steps;
    }

    private static List<StatusSpan> spans(List<Step> steps, Instant begin, Instant until) {
        List<StatusSpan> spans = new ArrayList<>();
        for (int place = 0; place < steps.size(); place++) {
            Step step = steps.get(place);
            Instant next = place + 1 < steps.size() ? steps.get(place + 1).from() : until;
            Instant from = step.from().isBefore(begin) ? begin : step.from();
            Instant end = next.isAfter(until) ? until : next;
            if (step.status() != null && from.isBefore(end)) {
                add(spans, new StatusSpan(step.status(), step.notReadyReason(), from, end));
            }
        }
        return spans;
    }

    private static void add(List<StatusSpan> spans, StatusSpan next) {
        int last = spans.size() - 1;
        if (last >= 0 && spans.get(last).goesOnIn(next)) {
            spans.set(last, spans.get(last).with(next));
        } else {
            spans.add(next);
        }
    }
}
