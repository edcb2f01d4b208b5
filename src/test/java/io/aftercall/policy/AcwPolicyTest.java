package io.aftercall.policy;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AcwPolicyTest {

    static Stream<Arguments> ranges() {
        return Stream.of(
                Arguments.of(PolicyField.DURATION, ofSeconds(1), ofHours(24), "1 s to 24 h"),
                Arguments.of(PolicyField.EXTENSION_DURATION, ofSeconds(1), ofHours(1), "1 s to 1 h"),
                Arguments.of(PolicyField.MIN_TALK_DURATION, ofSeconds(0), ofHours(1), "0 s to 1 h"),
                Arguments.of(PolicyField.REST_DURATION, ofSeconds(0), ofHours(1), "0 s to 1 h"),
                Arguments.of(PolicyField.WARNING_BEFORE_END, ofSeconds(0), ofMinutes(5), "0 s to 5 min"),
                Arguments.of(PolicyField.LATE_COMPLETION, ofSeconds(0), ofDays(30), "0 s to 30 days"),
                Arguments.of(PolicyField.MAX_DURATION_CAP, ofSeconds(10), ofHours(24), "10 s to 24 h"));
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void aDurationMayHaveAnyValueOfItsRangeAndNoOther(
            PolicyField<Duration> field, Duration min, Duration max, String range) {
        assertThat(field.violation(min)).isEmpty();
        assertThat(field.violation(max)).isEmpty();
        assertThat(field.violation(min.minus(ofNanos(1)))).contains("must be " + range);
        assertThat(field.violation(max.plus(ofNanos(1)))).contains("must be " + range);
    }

    @Test
    void anAcwMayBeExtendedUpToAHundredTimes() {
        assertThat(PolicyField.MAX_EXTENSIONS.violation(0)).isEmpty();
        assertThat(PolicyField.MAX_EXTENSIONS.violation(100)).isEmpty();
        assertThat(PolicyField.MAX_EXTENSIONS.violation(-1)).contains("must be 0 to 100");
        assertThat(PolicyField.MAX_EXTENSIONS.violation(101)).contains("must be 0 to 100");
    }

    @Test
    void theTimeoutDispositionIsAnId() {
        assertThat(PolicyField.TIMEOUT_DISPOSITION.violation("NONE_GIVEN")).isEmpty();
        assertThat(PolicyField.TIMEOUT_DISPOSITION.violation("none given")).isPresent();
    }

    @Test
    void nothingIsWrongWithAPolicyThatSetsNothing() {
        assertThat(AcwPolicy.violations(PolicyKey.TENANT, PolicyRules.NONE)).isEmpty();
    }

    @Test
    void nothingIsWrongWithTheDefaults() {
        assertThat(AcwPolicy.violations(PolicyKey.TENANT, PolicyRules.DEFAULTS)).isEmpty();
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        // given
        PolicyRules rules = PolicyRules.NONE
                .with(PolicyField.DURATION, ofSeconds(0))
                .with(PolicyField.START_ON, Set.of())
                .with(PolicyField.REST_DURATION, ofSeconds(5))
                .with(PolicyField.MAX_DURATION_CAP, ofHours(1));

        // when
        var violations = AcwPolicy.violations(PolicyKey.agent("anna"), rules);

        // then
        assertThat(violations)
                .containsOnly(
                        entry("duration", "must be 1 s to 24 h"),
                        entry("start_on", "must be at least one outcome"),
                        entry("max_duration_cap", "can only be set with scope TENANT, without conditions"));
    }

    @Test
    void theTenantsPolicyHasNoScopeIdAndAnAgentsHasTheAgent() {
        assertThat(PolicyKey.scopeIdViolation(PolicyScope.TENANT, "")).isEmpty();
        assertThat(PolicyKey.scopeIdViolation(PolicyScope.TENANT, "anna")).contains("must be empty with scope TENANT");
        assertThat(PolicyKey.scopeIdViolation(PolicyScope.AGENT, "anna")).isEmpty();
        assertThat(PolicyKey.scopeIdViolation(PolicyScope.AGENT, "")).contains("is required");
    }
}
