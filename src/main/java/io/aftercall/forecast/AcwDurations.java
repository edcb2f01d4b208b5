package io.aftercall.forecast;

import io.aftercall.agent.AgentId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** How long the ACWs of agents and queues took. Any thread reads. */
public final class AcwDurations {

    /** With fewer, nothing is said of an agent's or a queue's habits. */
    private static final int ENOUGH = 20;

    private final Map<Habit, DurationHistogram> histograms = new ConcurrentHashMap<>();

    /** Whose; null for all agents, or for all queues. */
    private record Habit(String agentId, String queueId) {}

    /**
     * So many ACWs took about as long.
     *
     * @param queueId null for none
     * @param bucket how long; see {@link DurationHistogram#bucket}
     */
    public record Count(String agentId, String queueId, int bucket, int count) {}

    public void add(Collection<Count> counts) {
        for (Count count : counts) {
            habits(count.agentId(), count.queueId()).forEach(habit -> histograms
                    .computeIfAbsent(habit, any -> new DurationHistogram())
                    .add(count.bucket(), count.count()));
        }
    }

    /**
     * How long an ACW is going to take in all, as the median of those that took longer than what has passed: of this
     * agent with this queue, or if too few are known of this queue, or of this agent.
     *
     * @param queueId null for none
     */
    public Optional<Duration> median(AgentId agentId, String queueId, Duration passed) {
        return habits(agentId.value(), queueId)
                .map(histograms::get)
                .filter(Objects::nonNull)
                .map(histogram -> histogram.median(passed, ENOUGH))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Those that a queue and an agent have part in, the narrowest first. */
    private static Stream<Habit> habits(String agentId, String queueId) {
        Habit ofAgent = new Habit(agentId, null);
        return queueId == null
                ? Stream.of(ofAgent)
                : Stream.of(new Habit(agentId, queueId), new Habit(null, queueId), ofAgent);
    }
}
