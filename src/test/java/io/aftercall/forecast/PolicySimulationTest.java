package io.aftercall.forecast;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.TIME;
import static io.aftercall.policy.PolicyField.DURATION;
import static io.aftercall.policy.PolicyField.EXTENSION_DURATION;
import static io.aftercall.policy.PolicyField.MAX_EXTENSIONS;
import static io.aftercall.policy.PolicyField.MIN_TALK_DURATION;
import static io.aftercall.policy.PolicyField.MODE;
import static io.aftercall.policy.PolicyField.REST_DURATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.AcwNotRequired;
import io.aftercall.agent.EndReason;
import io.aftercall.agent.EndedAcw;
import io.aftercall.agent.NotRequiredReason;
import io.aftercall.agent.OpenAcw;
import io.aftercall.agent.SettledAcw;
import io.aftercall.engine.Samples;
import io.aftercall.forecast.SimulationResult.Acws;
import io.aftercall.forecast.SimulationResult.Figures;
import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.interaction.InteractionOutcome;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.PolicyRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Recorded under the defaults: 20 s, three extensions of 20 s. */
class PolicySimulationTest {

    private static final PolicyRules DEFAULTS = PolicyRules.DEFAULTS;

    private final SettledAcw quick = completed("sales", 8, 0);
    private final SettledAcw extended = completed("sales", 35, 1);
    private final SettledAcw timedOut = timedOut("sales", 0);
    private final SettledAcw forced = ended("support", EndReason.FORCED, 12, 0, 20);

    @Test
    void underTheRulesThatHeldThereIsWhatWas() {
        Figures figures = simulate(DEFAULTS, quick, extended, timedOut, forced).total();

        assertThat(figures.recorded()).isEqualTo(acws(4, 1, 8 + 35 + 20 + 12));
        assertThat(figures.simulated()).isEqualTo(figures.recorded());
        assertThat(figures.uncertain()).isZero();
    }

    @Test
    void withLessTimeMoreTimeOut() {
        Figures figures = simulate(DEFAULTS.with(DURATION, seconds(10)), quick, extended, timedOut, forced)
                .total();

        assertThat(figures.simulated()).isEqualTo(acws(4, 3, 8 + 30 + 10 + 10));
    }

    @Test
    void withMoreTimeItIsNotKnownHowMuchOfItThoseWouldNeedWhoTimedOut() {
        Figures figures =
                simulate(DEFAULTS.with(DURATION, seconds(60)), quick, timedOut).total();

        assertThat(figures.simulated()).isEqualTo(acws(2, 1, 8 + 60));
        assertThat(figures.uncertain()).isEqualTo(1);
    }

    @Test
    void withoutExtensionsThoseWhoHadSomeTimeOut() {
        Figures figures =
                simulate(DEFAULTS.with(MAX_EXTENSIONS, 0), quick, extended).total();

        assertThat(figures.simulated()).isEqualTo(acws(2, 1, 8 + 20));
    }

    @Test
    void switchedOffAllTheTimeIsGained() {
        Figures figures =
                simulate(DEFAULTS.with(MODE, AcwMode.OFF), quick, timedOut).total();

        assertThat(figures.simulated()).isEqualTo(acws(0, 0, 0));
        assertThat(figures.recorded().agentTime()).isEqualTo(seconds(28));
    }

    @Test
    void inModeFixedAllLastToTheEnd() {
        Figures figures = simulate(DEFAULTS.with(MODE, AcwMode.FIXED), quick, timedOut, forced)
                .total();

        assertThat(figures.simulated()).isEqualTo(acws(3, 2, 20 + 20 + 12));
    }

    @Test
    void inModeOptionalNobodyIsKept() {
        Figures figures =
                simulate(DEFAULTS.with(MODE, AcwMode.OPTIONAL), quick, timedOut).total();

        assertThat(figures.simulated()).isEqualTo(acws(2, 1, 0));
    }

    @Test
    void theRestCountsToo() {
        Figures figures = simulate(DEFAULTS.with(REST_DURATION, seconds(5)), quick, timedOut)
                .total();

        assertThat(figures.simulated()).isEqualTo(acws(2, 1, 8 + 20 + 10));
    }

    @Test
    void anAcwThatThereWasNotLastsAsLongAsTheOthersOfItsQueue() {
        AcwNotRequired none = new AcwNotRequired(
                ADA, null, talked("sales", 3), NotRequiredReason.TALK_TIME_TOO_SHORT, TIME, TIME.plusSeconds(60));
        PolicyRules longCallsOnly = DEFAULTS.with(MIN_TALK_DURATION, seconds(5));

        Figures still = simulate(longCallsOnly, quick, none).total();
        Figures added = simulate(DEFAULTS, quick, none).total();
        Figures ofTwoQueues = simulate(DEFAULTS, quick, none, forced).total();

        assertThat(still.simulated()).isEqualTo(acws(1, 0, 8));
        assertThat(added.recorded()).isEqualTo(acws(1, 0, 8));
        assertThat(added.simulated()).isEqualTo(acws(2, 0, 16));
        assertThat(added.uncertain()).isEqualTo(1);
        assertThat(ofTwoQueues.simulated()).as("the sum of the queues").isEqualTo(acws(3, 0, 16 + 12));
    }

    @Test
    void aClockThatStoodIsNotCounted() {
        SettledAcw paused = ended("sales", EndReason.TIMED_OUT, 320, 0, 320);

        Figures figures = simulate(DEFAULTS, paused).total();

        assertThat(figures.recorded()).isEqualTo(acws(1, 1, 20));
        assertThat(figures.simulated()).isEqualTo(figures.recorded());
    }

    @Test
    void eachQueueHasItsFigures() {
        SimulationResult result = simulate(DEFAULTS, quick, timedOut, forced, completed(null, 5, 0));

        assertThat(result.queues()).containsOnlyKeys("", "sales", "support");
        assertThat(result.queues().get("sales").recorded()).isEqualTo(acws(2, 1, 28));
        assertThat(result.queues().get("").simulated()).isEqualTo(acws(1, 0, 5));
    }

    private static SimulationResult simulate(PolicyRules rules, SettledAcw... settled) {
        EffectivePolicy policy = new EffectivePolicy(rules, List.of(), 1, false);
        PolicySimulation simulation = new PolicySimulation(any -> policy, agent -> null);
        for (SettledAcw one : settled) {
            simulation.replay(one);
        }
        assertThat(simulation.replayed()).isEqualTo(settled.length);
        return simulation.result();
    }

    private static Acws acws(int count, int timedOut, long seconds) {
        return new Acws(count, timedOut, seconds(seconds));
    }

    private static EndedAcw completed(String queue, long after, int extensions) {
        return ended(queue, EndReason.COMPLETED, after, extensions, 20 + 20L * extensions);
    }

    private static EndedAcw timedOut(String queue, int extensions) {
        long deadline = 20 + 20L * extensions;
        return ended(queue, EndReason.TIMED_OUT, deadline, extensions, deadline);
    }

    @Test
    void theTimeForWhichAnAcwPausedIsNotReplayed() {
        EndedAcw ended = ended("sales", EndReason.COMPLETED, 606, 0, 620);
        OpenAcw work = ended.work();
        OpenAcw paused = new OpenAcw(
                work.acwId(),
                work.interaction(),
                work.policy().with(MODE, AcwMode.DISCRETIONARY),
                1,
                TIME,
                null,
                0,
                true,
                null,
                null,
                List.of(new OpenAcw.Paused(TIME.plusSeconds(5), TIME.plusSeconds(605))));

        EndedAcw settled = new EndedAcw(ADA, null, paused, ended.endTime(), EndReason.COMPLETED, "x", null);

        assertThat(simulate(DEFAULTS, settled).total().recorded()).isEqualTo(acws(1, 0, 6));
    }

    private static EndedAcw ended(String queue, EndReason reason, long after, int extensions, long deadline) {
        Instant end = TIME.plusSeconds(after);
        OpenAcw acw = new OpenAcw(
                UUID.randomUUID(),
                talked(queue, 100),
                DEFAULTS.with(EXTENSION_DURATION, seconds(20)),
                1,
                TIME,
                TIME.plusSeconds(deadline),
                extensions,
                true,
                null,
                null,
                List.of());
        return new EndedAcw(ADA, null, acw, end, reason, "x", null);
    }

    private static Interaction talked(String queue, long seconds) {
        return new Interaction(
                new InteractionId(Samples.bare("i").id().value()),
                Channel.VOICE,
                null,
                InteractionOutcome.ANSWERED,
                queue,
                null,
                null,
                TIME.minusSeconds(seconds),
                TIME,
                null,
                false,
                false);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
