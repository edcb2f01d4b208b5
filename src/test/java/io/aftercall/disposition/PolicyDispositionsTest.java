package io.aftercall.disposition;

import static io.aftercall.disposition.DispositionCatalogueTest.catalogue;
import static io.aftercall.disposition.DispositionCatalogueTest.one;
import static io.aftercall.disposition.DispositionCatalogueTest.retired;
import static io.aftercall.disposition.DispositionCatalogueTest.scoped;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.DispositionRequirement;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyDispositionsTest {

    private static final PolicyRules NO_NOTES = PolicyRules.NONE.with(PolicyField.TIMEOUT_DISPOSITION, "NO_NOTES");
    private static final PolicyRules REQUIRED =
            PolicyRules.NONE.with(PolicyField.DISPOSITION, DispositionRequirement.REQUIRED);

    @Test
    void withoutACatalogueAPolicyMayNameAnything() {
        assertThat(violations(NO_NOTES)).isEmpty();
        assertThat(violations(REQUIRED)).isEmpty();
    }

    @Test
    void aPolicyNamesWhatCanBeChosen() {
        assertThat(violations(NO_NOTES, one("NO_NOTES"))).isEmpty();
        assertThat(violations(NO_NOTES, one("SALE"))).containsOnlyKeys("timeout_disposition");
        assertThat(violations(NO_NOTES, one("SALE"), retired(one("NO_NOTES")))).containsOnlyKeys("timeout_disposition");
    }

    @Test
    void whatIsForATeamSuitsThePolicyOfThatTeam() {
        Disposition ofTeam = scoped(one("NO_NOTES"), DispositionScope.TEAM, "blue");

        assertThat(PolicyDispositions.violations(PolicyKey.team("blue"), NO_NOTES, catalogue(ofTeam)))
                .isEmpty();
        assertThat(PolicyDispositions.violations(PolicyKey.team("red"), NO_NOTES, catalogue(ofTeam)))
                .containsOnlyKeys("timeout_disposition");
        assertThat(violations(NO_NOTES, ofTeam)).containsOnlyKeys("timeout_disposition");
    }

    @Test
    void whereNothingCanBeChosenNothingCanBeRequired() {
        assertThat(violations(REQUIRED, retired(one("SALE")))).containsOnlyKeys("disposition");
        assertThat(violations(REQUIRED, one("SALE"))).isEmpty();
    }

    @Test
    void findsThePoliciesThatAreLeftWithout() {
        PolicyCascade policies = new PolicyCascade(
                List.of(
                        new AcwPolicy(PolicyKey.TENANT, REQUIRED, 1, Instant.EPOCH),
                        new AcwPolicy(PolicyKey.team("blue"), NO_NOTES, 2, Instant.EPOCH)),
                2);

        assertThat(PolicyDispositions.unfounded(policies, catalogue(one("SALE"))))
                .containsExactly(PolicyKey.team("blue"));
        assertThat(PolicyDispositions.unfounded(policies, catalogue(one("NO_NOTES"))))
                .isEmpty();
    }

    private static Map<String, String> violations(PolicyRules rules, Disposition... catalogue) {
        return PolicyDispositions.violations(PolicyKey.TENANT, rules, catalogue(catalogue));
    }
}
