package io.aftercall.policy;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyCascadeTest {

    private static final AcwPolicy TENANT = policy(
            PolicyKey.TENANT,
            PolicyRules.NONE.with(PolicyField.DURATION, ofSeconds(60)).with(PolicyField.MODE, AcwMode.FIXED));
    private static final AcwPolicy ANNA =
            policy(PolicyKey.agent("anna"), PolicyRules.NONE.with(PolicyField.DURATION, ofSeconds(5)));

    @Test
    void theDefaultsHoldWhereNobodyHasSetAPolicy() {
        // given
        PolicyCascade cascade = new PolicyCascade(List.of(), 0);

        // when
        EffectivePolicy policy = cascade.effective(of("anna"));

        // then
        assertThat(policy).isEqualTo(EffectivePolicy.DEFAULT);
    }

    @Test
    void theTenantsPolicyHoldsForEveryAgentWithoutOne() {
        // given
        PolicyCascade cascade = new PolicyCascade(List.of(TENANT, ANNA), 7);

        // when
        EffectivePolicy policy = cascade.effective(of("ben"));

        // then
        assertThat(policy.get(PolicyField.DURATION)).isEqualTo(ofSeconds(60));
        assertThat(policy.get(PolicyField.MODE)).isEqualTo(AcwMode.FIXED);
        assertThat(policy.get(PolicyField.MAX_EXTENSIONS)).isEqualTo(3);
        assertThat(policy.provenance())
                .containsOnly(entry(PolicyField.DURATION, TENANT), entry(PolicyField.MODE, TENANT));
    }

    @Test
    void anAgentsPolicyOverridesWhatItSetsAndInheritsTheRest() {
        // given
        PolicyCascade cascade = new PolicyCascade(List.of(TENANT, ANNA), 7);

        // when
        EffectivePolicy policy = cascade.effective(of("anna"));

        // then
        assertThat(policy.get(PolicyField.DURATION)).isEqualTo(ofSeconds(5));
        assertThat(policy.get(PolicyField.MODE)).isEqualTo(AcwMode.FIXED);
        assertThat(policy.provenance())
                .containsOnly(entry(PolicyField.DURATION, ANNA), entry(PolicyField.MODE, TENANT));
    }

    @Test
    void anAgentsPolicyHoldsWithoutATenants() {
        // given
        PolicyCascade cascade = new PolicyCascade(List.of(ANNA), 7);

        // when
        EffectivePolicy policy = cascade.effective(of("anna"));

        // then
        assertThat(policy.get(PolicyField.DURATION)).isEqualTo(ofSeconds(5));
        assertThat(policy.get(PolicyField.MODE)).isEqualTo(AcwMode.TIMED);
    }

    @Test
    void aRuleThatIsSetToItsDefaultIsSetAllTheSame() {
        // given
        AcwPolicy asDefault = policy(PolicyKey.agent("anna"), PolicyRules.NONE.with(PolicyField.MODE, AcwMode.TIMED));
        PolicyCascade cascade = new PolicyCascade(List.of(TENANT, asDefault), 7);

        // when
        EffectivePolicy policy = cascade.effective(of("anna"));

        // then
        assertThat(policy.get(PolicyField.MODE)).isEqualTo(AcwMode.TIMED);
        assertThat(policy.provenance()).containsEntry(PolicyField.MODE, asDefault);
    }

    @Test
    void theRevisionIsThatOfTheLastChangeAlsoWhereItRemovedAPolicy() {
        // given
        PolicyCascade cascade = new PolicyCascade(List.of(TENANT), 12);

        // when
        EffectivePolicy policy = cascade.effective(of("anna"));

        // then
        assertThat(policy.revision()).isEqualTo(12);
        assertThat(cascade.revision()).isEqualTo(12);
    }

    private static AcwPolicy policy(PolicyKey key, PolicyRules rules) {
        return new AcwPolicy(key, rules, 3, Instant.EPOCH);
    }

    private static PolicyContext of(String agentId) {
        return new PolicyContext(agentId, null, null, null, null);
    }

    @Test
    void aQueueOverridesATeamAndAnAgentOverridesBoth() {
        // given
        AcwPolicy team = policy(
                PolicyKey.team("sales"),
                PolicyRules.NONE.with(PolicyField.DURATION, ofSeconds(11)).with(PolicyField.MAX_EXTENSIONS, 1));
        AcwPolicy queue = policy(
                PolicyKey.queue("hotline"),
                PolicyRules.NONE.with(PolicyField.DURATION, ofSeconds(22)).with(PolicyField.VISIBLE, false));
        PolicyCascade cascade = new PolicyCascade(List.of(ANNA, queue, team, TENANT), 7);

        // when
        EffectivePolicy annas = cascade.effective(new PolicyContext("anna", "sales", "hotline", null, null));
        EffectivePolicy bens = cascade.effective(new PolicyContext("ben", "sales", "hotline", null, null));

        // then
        assertThat(annas.provenance())
                .containsOnly(
                        entry(PolicyField.MODE, TENANT),
                        entry(PolicyField.MAX_EXTENSIONS, team),
                        entry(PolicyField.VISIBLE, queue),
                        entry(PolicyField.DURATION, ANNA));
        assertThat(bens.get(PolicyField.DURATION)).isEqualTo(ofSeconds(22));
    }

    @Test
    void aConditionOnTheChannelCountsForMoreThanOneOnTheDirection() {
        // given
        AcwPolicy chats = policy(
                PolicyKey.TENANT.when(Channel.CHAT, null), PolicyRules.NONE.with(PolicyField.DURATION, ofSeconds(1)));
        AcwPolicy outbound = policy(
                PolicyKey.TENANT.when(null, Direction.OUTBOUND),
                PolicyRules.NONE.with(PolicyField.DURATION, ofSeconds(2)));
        AcwPolicy outboundChats = policy(
                PolicyKey.TENANT.when(Channel.CHAT, Direction.OUTBOUND),
                PolicyRules.NONE.with(PolicyField.MAX_EXTENSIONS, 9));
        PolicyCascade cascade = new PolicyCascade(List.of(outboundChats, outbound, chats, TENANT), 7);

        // when
        EffectivePolicy both =
                cascade.effective(new PolicyContext("ben", null, null, Channel.CHAT, Direction.OUTBOUND));
        EffectivePolicy calls =
                cascade.effective(new PolicyContext("ben", null, null, Channel.VOICE, Direction.OUTBOUND));
        EffectivePolicy unknown = cascade.effective(of("ben"));

        // then
        assertThat(both.get(PolicyField.DURATION)).isEqualTo(ofSeconds(1));
        assertThat(both.get(PolicyField.MAX_EXTENSIONS)).isEqualTo(9);
        assertThat(calls.get(PolicyField.DURATION)).isEqualTo(ofSeconds(2));
        assertThat(unknown.get(PolicyField.DURATION)).isEqualTo(ofSeconds(60));
    }
}
