package io.aftercall.simulator;

import io.aftercall.simulator.CallPlan.Break;
import io.aftercall.simulator.CallPlan.Ending;
import io.aftercall.simulator.CallPlan.WrapUp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Chance in one queue: Poisson arrivals, exponential patience, log-normal talking and writing. The plans depend
 * on the generator only, never on what the server answers, so the same seed always brings the same calls.
 */
final class CallModel {
    private static final Duration MEAN_PATIENCE = Duration.ofSeconds(90);
    /** What an agent needs for a call on average, of which after-call work is a part, in seconds. */
    private static final double HANDLING = 242;

    private static final double AFTER_CALL_WORK = 14;
    private static final Duration MEDIAN_WRITING = Duration.ofSeconds(9);
    private static final Duration MEDIAN_BREAK = Duration.ofMinutes(5);
    private static final double TALK_SPREAD = 0.6;
    private static final double WRITING_SPREAD = 0.5;
    private static final double BREAK_SPREAD = 0.3;

    private static final double COMPLETES = 0.6;
    private static final double EXTENDS = 0.15;
    private static final double TAKES_BREAK = 0.05;
    private static final double DECLARES_DURING_ACW = 0.5;

    private static final int CUSTOMERS = 5_000;
    private static final List<String> BREAK_REASONS = List.of("LUNCH", "BREAK", "TRAINING");
    private static final String CALL_BACK = "CALL_BACK";
    private static final List<String> DISPOSITIONS = List.of("RESOLVED", CALL_BACK, "ESCALATED", "WRONG_NUMBER");
    private static final String PROMISE = "Will call again.";
    private static final List<String> NOTES = List.of("Explained the bill.", "Sent the form.", PROMISE);
    private static final List<String> TAGS = List.of("vip", "complaint", "first-call", "upsell");

    private final QueueProfile queue;
    private final Duration meanUntilNext;
    private final double pace;
    private final RandomGenerator random;

    /**
     * Makes the calls of one queue.
     *
     * @param agents how many agents the centre has, at least 1
     * @param pace by how much after-call work takes longer than usual, and so much rarer are calls that agents are as busy
     */
    CallModel(QueueProfile queue, int agents, double pace, RandomGenerator random) {
        this.queue = queue;
        this.pace = pace;
        double rarer = 1 + AFTER_CALL_WORK * (pace - 1) / HANDLING;
        this.meanUntilNext = seconds(3_600 / (queue.callsPerAgentHour() * agents) * rarer);
        this.random = random;
    }

    /** Returns the next call. */
    CallPlan next() {
        return new CallPlan(
                queue.id(),
                "customer-" + random.nextInt(CUSTOMERS),
                exponential(meanUntilNext),
                exponential(MEAN_PATIENCE),
                logNormal(queue.medianTalk(), TALK_SPREAD),
                wrapUp(),
                random.nextDouble() < TAKES_BREAK ? Optional.of(rest()) : Optional.empty());
    }

    private WrapUp wrapUp() {
        Ending ending = ending(random.nextDouble());
        Duration writing = seconds(logNormal(MEDIAN_WRITING, WRITING_SPREAD).toNanos() / 1e9 * pace);
        String disposition = oneOf(DISPOSITIONS);
        String notes = oneOf(NOTES);
        boolean promised = disposition.equals(CALL_BACK) && notes.equals(PROMISE);
        return new WrapUp(ending, writing, disposition, notes, List.of(oneOf(TAGS)), promised);
    }

    private static Ending ending(double chance) {
        if (chance < COMPLETES) {
            return Ending.COMPLETES;
        }
        return chance < COMPLETES + EXTENDS ? Ending.EXTENDS : Ending.LETS_IT_TIME_OUT;
    }

    private Break rest() {
        return new Break(
                oneOf(BREAK_REASONS), logNormal(MEDIAN_BREAK, BREAK_SPREAD), random.nextDouble() < DECLARES_DURING_ACW);
    }

    private Duration exponential(Duration mean) {
        return seconds(mean.toNanos() / 1e9 * random.nextExponential());
    }

    private Duration logNormal(Duration median, double spread) {
        return seconds(median.toSeconds() * Math.exp(spread * random.nextGaussian()));
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
