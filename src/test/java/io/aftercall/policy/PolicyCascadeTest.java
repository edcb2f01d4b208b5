package io.aftercall.policy;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

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
        EffectivePolicy policy = cascade.forAgent("anna");

        // then
        assertThat(policy).isEqualTo(EffectivePolicy.DEFAULT);
    }

    @Test
    void theTenantsPolicyHoldsForEveryAgentWithoutOne() {
        // given
        PolicyCascade cascade = new PolicyCascade(List.of(TENANT, ANNA), 7);

        // when
        EffectivePolicy policy = cascade.forAgent("ben");

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
        EffectivePolicy policy = cascade.forAgent("anna");

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
        EffectivePolicy policy = cascade.forAgent("anna");

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
        EffectivePolicy policy = cascade.forAgent("anna");

        // then
        assertThat(policy.get(PolicyField.MODE)).isEqualTo(AcwMode.TIMED);
        assertThat(policy.provenance()).containsEntry(PolicyField.MODE, asDefault);
    }

    @Test
    void theRevisionIsThatOfTheLastChangeAlsoWhereItRemovedAPolicy() {
        // given
        PolicyCascade cascade = new PolicyCascade(List.of(TENANT), 12);

        // when
        EffectivePolicy policy = cascade.forAgent("anna");

        // then
        assertThat(policy.revision()).isEqualTo(12);
        assertThat(cascade.revision()).isEqualTo(12);
    }

    private static AcwPolicy policy(PolicyKey key, PolicyRules rules) {
        return new AcwPolicy(key, rules, 3, Instant.EPOCH);
    }
}
