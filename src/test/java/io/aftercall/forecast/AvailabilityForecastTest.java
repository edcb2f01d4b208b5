package io.aftercall.forecast;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.AgentProfile;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.OpenAcw;
import io.aftercall.agent.PresenceSetting;
import io.aftercall.engine.Samples;
import io.aftercall.interaction.Interaction;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Ada usually needs 30 s, with the queue "orders" 12 s; everybody needs 60 s with "hotline". */
class AvailabilityForecastTest {

    private final AcwDurations durations = new AcwDurations();
    private final AvailabilityForecast forecast = new AvailabilityForecast(durations);

    {
        durations.add(List.of(
                new AcwDurations.Count("ada", null, bucket(30), 100),
                count("ada", "orders", 12),
                count("bob", "hotline", 60),
                new AcwDurations.Count("ada", "hotline", bucket(5), 3)));
    }

    @Test
    void itIsByTheAgentAndTheQueueThenByTheQueueThenByTheAgent() {
        assertThat(seconds(acw("orders", PolicyRules.DEFAULTS))).isBetween(11L, 13L);
        assertThat(seconds(acw("hotline", lasting(300)))).isBetween(57L, 63L);
        assertThat(seconds(acw(null, lasting(300)))).isBetween(28L, 32L);
    }

    @Test
    void itIsNeverLaterThanTheDeadline() {
        assertThat(forecast.available(in(acw("hotline", lasting(40))), TIME)).contains(TIME.plusSeconds(40));
    }

    @Test
    void whatItPausedForIsAddedToIt() {
        OpenAcw once = acw("orders", lasting(300));
        OpenAcw paused = new OpenAcw(
                once.acwId(),
                once.interaction(),
                once.policy(),
                once.policyRevision(),
                once.startTime(),
                once.deadline().plusSeconds(100),
                0,
                false,
                null,
                null,
                List.of(new OpenAcw.Paused(TIME.plusSeconds(5), TIME.plusSeconds(105))));

        Instant available =
                forecast.available(in(paused), TIME.plusSeconds(106)).orElseThrow();

        assertThat(available).isBetween(TIME.plusSeconds(111), TIME.plusSeconds(113));
    }

    @Test
    void theRestIsAddedToIt() {
        PolicyRules resting = lasting(40).with(PolicyField.REST_DURATION, Duration.ofSeconds(7));

        assertThat(forecast.available(in(acw("hotline", resting)), TIME)).contains(TIME.plusSeconds(47));
    }

    @Test
    void anOpenEndedAcwHasOneToo() {
        PolicyRules discretionary = PolicyRules.DEFAULTS.with(PolicyField.MODE, AcwMode.DISCRETIONARY);

        assertThat(seconds(acw("orders", discretionary))).isBetween(11L, 13L);
    }

    @Test
    void aFixedAcwEndsAtItsDeadline() {
        PolicyRules fixed = lasting(90).with(PolicyField.MODE, AcwMode.FIXED);

        assertThat(forecast.available(in(acw("orders", fixed)), TIME)).contains(TIME.plusSeconds(90));
    }

    @Test
    void ofSeveralAcwsTheLastCounts() {
        AgentState agent = in(acw("orders", lasting(300)), acw("hotline", lasting(300)));

        assertThat(forecast.available(agent, TIME).orElseThrow()).isAfter(TIME.plusSeconds(50));
    }

    @Test
    void nothingIsSaidWhereMoreThanAcwKeepsTheAgent() {
        OpenAcw acw = acw("orders", PolicyRules.DEFAULTS);

        assertThat(forecast.available(agent(PresenceSetting.AVAILABLE, null, List.of(Samples.bare("i")), acw), TIME))
                .isEmpty();
        assertThat(forecast.available(
                        agent(PresenceSetting.AVAILABLE, PresenceSetting.notReady("LUNCH"), List.of(), acw), TIME))
                .isEmpty();
        assertThat(forecast.available(agent(PresenceSetting.OFFLINE, null, List.of(), acw), TIME))
                .isEmpty();
        assertThat(forecast.available(in(), TIME)).isEmpty();
    }

    @Test
    void nothingIsSaidOfWhomTooLittleIsKnown() {
        AvailabilityForecast ignorant = new AvailabilityForecast(new AcwDurations());

        assertThat(ignorant.available(in(acw("orders", PolicyRules.DEFAULTS)), TIME))
                .isEmpty();
    }

    @Test
    void theLongerItTakesTheLongerItIsGoingToTake() {
        durations.add(List.of(count("ada", "orders", 100)));
        AgentState agent = in(acw("orders", lasting(300)));

        Optional<Instant> later = forecast.available(agent, TIME.plusSeconds(50));

        assertThat(later.orElseThrow()).isBetween(TIME.plusSeconds(95), TIME.plusSeconds(105));
    }

    private long seconds(OpenAcw acw) {
        return Duration.between(TIME, forecast.available(in(acw), TIME).orElseThrow())
                .toSeconds();
    }

    private static PolicyRules lasting(long seconds) {
        return PolicyRules.DEFAULTS.with(PolicyField.DURATION, Duration.ofSeconds(seconds));
    }

    private static OpenAcw acw(String queue, PolicyRules rules) {
        Instant deadline =
                rules.get(PolicyField.MODE).hasDeadline() ? TIME.plus(rules.get(PolicyField.DURATION)) : null;
        return new OpenAcw(
                UUID.randomUUID(),
                Samples.call("c-" + queue, queue),
                rules,
                1,
                TIME,
                deadline,
                0,
                false,
                null,
                null,
                List.of());
    }

    private static AgentState in(OpenAcw... acws) {
        return agent(PresenceSetting.AVAILABLE, null, List.of(), acws);
    }

    private static AgentState agent(
            PresenceSetting presence, PresenceSetting next, List<Interaction> live, OpenAcw... acws) {
        return new AgentState(
                ADA, 1, AgentProfile.NONE, presence, next, TIME, null, live, Arrays.asList(acws), null, null);
    }

    private static AcwDurations.Count count(String agent, String queue, long seconds) {
        return new AcwDurations.Count(agent, queue, bucket(seconds), 40);
    }

    private static int bucket(long seconds) {
        return DurationHistogram.bucket(Duration.ofSeconds(seconds));
    }
}
