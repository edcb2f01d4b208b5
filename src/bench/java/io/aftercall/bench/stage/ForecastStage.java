package io.aftercall.bench.stage;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentLifecycle;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.Decision;
import io.aftercall.agent.Occasion;
import io.aftercall.agent.Paperwork;
import io.aftercall.agent.StartAcw;
import io.aftercall.bench.client.Failures;
import io.aftercall.disposition.Dispositions;
import io.aftercall.forecast.AcwDurations;
import io.aftercall.forecast.AvailabilityForecast;
import io.aftercall.forecast.DurationHistogram;
import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.interaction.InteractionOutcome;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * How far {@code predicted_available_time} is off, beside {@code available_by_time} and beside the best that can be
 * said: what somebody would say who knew each agent's habits. The server's own state machine and forecast, on simulated
 * agents and simulated time, so it is the same on every machine. Takes as long as it takes, whatever the duration.
 */
public final class ForecastStage implements Stage {
    /** The mean of how many seconds it is off. */
    public static final String ERROR = "predicted off by s";

    /** The same for the certain time. */
    public static final String CERTAIN = "by the deadline off by s";

    /** The same for who knows the truth. */
    public static final String BEST = "who knows the habits off by s";

    private static final int AGENTS = 300;
    private static final double[] QUEUES = {25, 40, 70};
    private static final double AGENTS_SPREAD = 0.35;
    private static final double MOST_TIME_OUTS = 0.3;
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final Duration LATER = Duration.ofSeconds(20);
    private static final int ASKED = 20;
    private static final Instant BEGIN = Instant.parse("2026-01-01T09:00:00Z");
    private static final long SEED = 1;

    private final int learned;

    /**
     * Measures.
     *
     * @param learned how many ACWs have been recorded of each agent with each queue
     */
    public ForecastStage(int learned) {
        this.learned = learned;
    }

    /** Returns the names of what is found. */
    public static String name(int learned, boolean later) {
        return "forecast from %,d ACWs each, asked %s"
                .formatted(learned, later ? "after " + LATER.toSeconds() + " s" : "at the start");
    }

    @Override
    public List<Measurement> run(Duration duration) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        AcwDurations durations = new AcwDurations();
        AvailabilityForecast forecast = new AvailabilityForecast(durations);
        List<Pair> pairs = pairs(random);
        for (Pair pair : pairs) {
            for (int i = 0; i < learned; i++) {
                int bucket = DurationHistogram.bucket(pair.habit.draw(random));
                durations.add(List.of(new AcwDurations.Count(pair.agentId.value(), pair.queueId, bucket, 1)));
            }
        }
        return List.of(ask(pairs, forecast, Duration.ZERO, random), ask(pairs, forecast, LATER, random));
    }

    /** An agent with a queue, and the truth about them. */
    private record Pair(AgentId agentId, String queueId, AcwHabit habit) {}

    private static List<Pair> pairs(RandomGenerator random) {
        List<Pair> pairs = new ArrayList<>();
        for (int agent = 0; agent < AGENTS; agent++) {
            double slowness = Math.exp(AGENTS_SPREAD * random.nextGaussian());
            double timesOut = MOST_TIME_OUTS * random.nextDouble();
            for (double median : QUEUES) {
                pairs.add(new Pair(
                        new AgentId(LoadedAgents.id(agent)),
                        "median-%.0f".formatted(median),
                        new AcwHabit(median * slowness, timesOut, DEADLINE, random)));
            }
        }
        return pairs;
    }

    /** Asks about those that have not ended by then. */
    private Measurement ask(List<Pair> pairs, AvailabilityForecast forecast, Duration passed, RandomGenerator random) {
        Failures failures = new Failures();
        double predicted = 0;
        double certain = 0;
        double best = 0;
        int asked = 0;
        for (Pair pair : pairs) {
            AgentState agent = inAcw(pair);
            for (int i = 0; i < ASKED; i++) {
                Duration truth = pair.habit.draw(random);
                if (truth.compareTo(passed) <= 0) {
                    continue;
                }
                Instant end = BEGIN.plus(truth);
                Optional<Instant> said = forecast.available(agent, BEGIN.plus(passed));
                failures.count("nothing said", said.isEmpty() ? 1 : 0);
                predicted += off(said.orElse(BEGIN.plus(DEADLINE)), end);
                certain += off(BEGIN.plus(DEADLINE), end);
                best += off(BEGIN.plus(pair.habit.median(passed)), end);
                asked++;
            }
        }
        return Measurement.ofFigures(name(learned, !passed.isZero()), failures)
                .with(ERROR, predicted / asked)
                .with(CERTAIN, certain / asked)
                .with(BEST, best / asked);
    }

    private static double off(Instant said, Instant end) {
        return Math.abs(Duration.between(said, end).toMillis()) / 1e3;
    }

    private static AgentState inAcw(Pair pair) {
        PolicyRules rules = PolicyRules.DEFAULTS.with(PolicyField.DURATION, DEADLINE);
        StartAcw start = new StartAcw(pair.agentId, call(pair.queueId), new UUID(0, 1));
        Decision decision = AgentLifecycle.decide(
                AgentState.unseen(pair.agentId),
                Optional.empty(),
                Paperwork.NONE,
                start,
                any -> new EffectivePolicy(rules, List.of(), 1, false),
                Dispositions.ANY,
                new Occasion(BEGIN, Occasion.SERVER));
        return ((Decision.Changed) decision).state();
    }

    private static Interaction call(String queueId) {
        return new Interaction(
                new InteractionId("call"),
                Channel.VOICE,
                null,
                InteractionOutcome.ANSWERED,
                queueId,
                null,
                null,
                BEGIN.minusSeconds(60),
                BEGIN,
                null,
                false,
                false);
    }
}
