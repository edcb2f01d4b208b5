package io.aftercall.feed;

import static io.aftercall.engine.Samples.ADA;
import static io.aftercall.engine.Samples.TIME;
import static io.aftercall.engine.Samples.call;
import static io.aftercall.engine.Samples.idle;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.agent.AgentProfile;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.AgentStatus;
import io.aftercall.agent.ChangeCause;
import io.aftercall.agent.OpenAcw;
import io.aftercall.agent.PresenceSetting;
import io.aftercall.agent.StateChange;
import io.aftercall.interaction.Interaction;
import io.aftercall.policy.PolicyRules;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StateFilterTest {

    @Test
    void theEmptyFilterMatchesEverybody() {
        boolean matches = StateFilter.ALL.matches(idle(ADA, 1));

        assertThat(matches).isTrue();
    }

    @Test
    void agentsMatchByTheirId() {
        assertThat(agents("ada", "bob").matches(idle(ADA, 1))).isTrue();
        assertThat(agents("bob").matches(idle(ADA, 1))).isFalse();
    }

    @Test
    void agentsMatchByTheirStatus() {
        assertThat(statuses(AgentStatus.AVAILABLE).matches(idle(ADA, 1))).isTrue();
        assertThat(statuses(AgentStatus.ENGAGED).matches(idle(ADA, 1))).isFalse();
    }

    @Test
    void agentsMatchByTheQueueOfAnInteractionOrOfAnAcw() {
        StateFilter sales = queues("sales");

        assertThat(sales.matches(inInteraction(call("i-1", "sales")))).isTrue();
        assertThat(sales.matches(inAcw(call("i-1", "sales")))).isTrue();
        assertThat(sales.matches(inInteraction(call("i-1", "support")))).isFalse();
        assertThat(sales.matches(inInteraction(call("i-1", null)))).isFalse();
        assertThat(sales.matches(idle(ADA, 1))).isFalse();
    }

    @Test
    void everyPartMustMatch() {
        StateFilter filter =
                new StateFilter(Set.of("ada"), Set.of(), Set.of("sales"), Set.of(AgentStatus.AVAILABLE), Map.of());

        boolean matches = filter.matches(inInteraction(call("i-1", "sales")));

        assertThat(matches).isFalse();
    }

    @Test
    void whoHadAnotherStatusBeforeMayHaveMatched() {
        StateFilter available = statuses(AgentStatus.AVAILABLE);

        assertThat(available.mayHaveMatched(stepFrom(AgentStatus.AVAILABLE, ChangeCause.INTERACTION_BEGAN)))
                .isTrue();
        assertThat(available.mayHaveMatched(stepFrom(AgentStatus.ENGAGED, ChangeCause.INTERACTION_BEGAN)))
                .isFalse();
        assertThat(agents("bob").mayHaveMatched(stepFrom(AgentStatus.AVAILABLE, ChangeCause.INTERACTION_BEGAN)))
                .isFalse();
    }

    @Test
    void whoHadAnotherTeamBeforeMayHaveMatched() {
        StateFilter sales = teams("sales");

        assertThat(sales.mayHaveMatched(stepFrom(AgentStatus.AVAILABLE, ChangeCause.AGENT_UPDATED)))
                .isTrue();
        assertThat(sales.mayHaveMatched(stepFrom(AgentStatus.AVAILABLE, ChangeCause.PRESENCE_CHANGED)))
                .isFalse();
    }

    @Test
    void agentsMatchByTheirTeam() {
        AgentState ada = described(AgentProfile.NONE.withTeam("sales"));

        assertThat(teams("sales", "support").matches(ada)).isTrue();
        assertThat(teams("support").matches(ada)).isFalse();
        assertThat(teams("support").matches(idle(ADA, 1))).isFalse();
    }

    @Test
    void agentsMatchByAllLabels() {
        AgentState ada = described(AgentProfile.NONE.withLabels(Map.of("skill", "es", "site", "Lima")));

        assertThat(labels(Map.of("skill", "es")).matches(ada)).isTrue();
        assertThat(labels(Map.of("skill", "es", "site", "Lima")).matches(ada)).isTrue();
        assertThat(labels(Map.of("skill", "es", "site", "Quito")).matches(ada)).isFalse();
        assertThat(labels(Map.of("shift", "late")).matches(ada)).isFalse();
    }

    @Test
    void equalFiltersHaveTheSameFingerprintInWhateverOrderTheyWereWritten() {
        long one = agents("ada", "bob", "carl").fingerprint();
        long other = agents("carl", "bob", "ada").fingerprint();

        assertThat(one).isEqualTo(other);
    }

    @Test
    void differentFiltersHaveDifferentFingerprints() {
        List<Long> fingerprints = List.of(
                StateFilter.ALL.fingerprint(),
                agents("a").fingerprint(),
                queues("a").fingerprint(),
                agents("a", "b").fingerprint(),
                agents("ab").fingerprint(),
                teams("a").fingerprint(),
                labels(Map.of("a", "b")).fingerprint(),
                statuses(AgentStatus.RESTING).fingerprint());

        assertThat(fingerprints).doesNotHaveDuplicates();
    }

    @Test
    void theFingerprintIsTheSameOnEveryReplicaAndInEveryRelease() {
        long fingerprint = new StateFilter(
                        Set.of("ada"), Set.of(), Set.of("sales"), Set.of(AgentStatus.ENGAGED), Map.of())
                .fingerprint();

        assertThat(fingerprint).isEqualTo(FINGERPRINT);
    }

    /** The first 8 bytes of the SHA-256 of "[ada]\n[sales]\n[ENGAGED]\n". */
    private static final long FINGERPRINT = 0x887fe17c76108d03L;

    private static StateFilter agents(String... ids) {
        return new StateFilter(Set.of(ids), Set.of(), Set.of(), Set.of(), Map.of());
    }

    private static StateFilter queues(String... ids) {
        return new StateFilter(Set.of(), Set.of(), Set.of(ids), Set.of(), Map.of());
    }

    private static StateFilter teams(String... ids) {
        return new StateFilter(Set.of(), Set.of(ids), Set.of(), Set.of(), Map.of());
    }

    private static StateFilter labels(Map<String, String> labels) {
        return new StateFilter(Set.of(), Set.of(), Set.of(), Set.of(), labels);
    }

    private static AgentState described(AgentProfile profile) {
        return new AgentState(
                ADA, 1, profile, PresenceSetting.AVAILABLE, null, TIME, null, List.of(), List.of(), null, null);
    }

    private static StateChange stepFrom(AgentStatus previous, ChangeCause cause) {
        return new StateChange(cause, idle(ADA, 2), previous, "router", null, null, null, null);
    }

    private static StateFilter statuses(AgentStatus... statuses) {
        return StateFilter.ofStatuses(statuses);
    }

    private static AgentState inInteraction(Interaction live) {
        return new AgentState(
                ADA,
                1,
                AgentProfile.NONE,
                PresenceSetting.AVAILABLE,
                null,
                TIME,
                null,
                List.of(live),
                List.of(),
                null,
                null);
    }

    private static AgentState inAcw(Interaction ended) {
        OpenAcw acw = new OpenAcw(
                UUID.randomUUID(), ended, PolicyRules.DEFAULTS, 0, TIME, null, 0, false, null, null, List.of());
        return new AgentState(
                ADA,
                1,
                AgentProfile.NONE,
                PresenceSetting.AVAILABLE,
                null,
                TIME,
                null,
                List.of(),
                List.of(acw),
                null,
                null);
    }
}
