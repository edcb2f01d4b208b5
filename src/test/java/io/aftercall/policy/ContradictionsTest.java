package io.aftercall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContradictionsTest {

    /** Rules of which each says something. */
    private static final PolicyRules EVERYTHING = PolicyRules.DEFAULTS
            .with(PolicyField.ON_TIMEOUT, AcwTimeoutAction.NOT_READY)
            .with(PolicyField.TIMEOUT_DISPOSITION, "NONE_GIVEN")
            .with(PolicyField.REST_DURATION, Duration.ofSeconds(5));

    static Stream<Arguments> contradictions() {
        Set<String> extensions = Set.of("extension_duration", "max_extensions");
        return Stream.of(
                Arguments.of(AcwMode.OFF, Set.of()),
                Arguments.of(AcwMode.TIMED, Set.of()),
                Arguments.of(AcwMode.AGENT_REQUESTED, Set.of()),
                Arguments.of(AcwMode.FIXED, extensions),
                Arguments.of(
                        AcwMode.OPTIONAL,
                        Set.of(
                                "extension_duration",
                                "max_extensions",
                                "on_timeout",
                                "on_timeout_not_ready_reason",
                                "blocks",
                                "on_new_interaction",
                                "rest_duration")),
                Arguments.of(
                        AcwMode.DISCRETIONARY,
                        Set.of(
                                "extension_duration",
                                "max_extensions",
                                "on_timeout",
                                "on_timeout_not_ready_reason",
                                "duration",
                                "warning_before_end")));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void eachModeContradictsTheRulesThatSayNothingBesideIt(AcwMode mode, Set<String> fields) {
        Map<String, String> found = Contradictions.in(EVERYTHING.with(PolicyField.MODE, mode));

        assertThat(found.keySet()).isEqualTo(fields);
    }

    @ParameterizedTest
    @EnumSource
    void aModeAloneContradictsNothing(AcwMode mode) {
        assertThat(Contradictions.in(PolicyRules.NONE.with(PolicyField.MODE, mode)))
                .isEmpty();
    }

    @Test
    void noExtensionsAndNoWarningContradictNothing() {
        PolicyRules rules = PolicyRules.NONE
                .with(PolicyField.MODE, AcwMode.DISCRETIONARY)
                .with(PolicyField.MAX_EXTENSIONS, 0)
                .with(PolicyField.ON_TIMEOUT, AcwTimeoutAction.RESUME)
                .with(PolicyField.WARNING_BEFORE_END, Duration.ZERO);

        assertThat(Contradictions.in(rules)).isEmpty();
    }

    @Test
    void aDispositionThatIsNotUsedIsNotWrittenAtATimeOutEither() {
        PolicyRules rules = EVERYTHING.with(PolicyField.DISPOSITION, DispositionRequirement.NOT_USED);

        assertThat(Contradictions.in(rules))
                .containsOnly(Map.entry("timeout_disposition", "contradicts disposition NOT_USED: there is none then"));
    }
}
