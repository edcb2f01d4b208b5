package io.aftercall.forecast;

import io.aftercall.agent.AgentState;
import io.aftercall.agent.OpenAcw;
import io.aftercall.agent.Routability;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.PolicyField;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** When an agent in ACW is probably routable again. */
public final class AvailabilityForecast {

    private final AcwDurations durations;

    public AvailabilityForecast(AcwDurations durations) {
        this.durations = durations;
    }

    /**
     * When, from what the agent and the queues usually need; never later than by the deadlines. Empty if too little is
     * known, if it is not only ACW and rest that keep the agent, or if the agent is going elsewhere afterwards.
     */
    public Optional<Instant> available(AgentState agent, Instant now) {
        List<OpenAcw> keeping =
                agent.acws().stream().filter(OpenAcw::keepsAgent).toList();
        if (keeping.isEmpty() || !Routability.onlyAcwKeeps(agent)) {
            return Optional.empty();
        }
        List<Instant> ends = new ArrayList<>();
        for (OpenAcw acw : keeping) {
            Optional<Instant> end = end(agent, acw, now);
            if (end.isEmpty()) {
                return Optional.empty();
            }
            ends.add(end.get().plus(acw.policy().get(PolicyField.REST_DURATION)));
        }
        return ends.stream().max(Comparator.naturalOrder());
    }

    private Optional<Instant> end(AgentState agent, OpenAcw acw, Instant now) {
        if (acw.mode() == AcwMode.FIXED) {
            return Optional.of(acw.deadline());
        }
        Instant start = acw.startTime().plus(acw.stood(now));
        Duration passed = Duration.between(start, now);
        return durations
                .median(agent.agentId(), acw.interaction().queueId(), passed.isNegative() ? Duration.ZERO : passed)
                .map(start::plus)
                .map(end -> end.isAfter(acw.endsBy()) ? acw.endsBy() : end);
    }
}
