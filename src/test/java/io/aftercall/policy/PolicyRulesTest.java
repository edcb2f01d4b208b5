package io.aftercall.policy;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyRulesTest {

    @Test
    void aRuleCanBeSetAndTakenBack() {
        // given
        PolicyRules set = PolicyRules.NONE.with(PolicyField.DURATION, ofSeconds(9));

        // when
        PolicyRules takenBack = set.with(PolicyField.DURATION, PolicyRules.NONE);

        // then
        assertThat(set.isSet(PolicyField.DURATION)).isTrue();
        assertThat(takenBack).isEqualTo(PolicyRules.NONE);
    }

    @Test
    void onlyWhatDiffersIsLeft() {
        // given
        PolicyRules changed = PolicyRules.DEFAULTS.with(PolicyField.MAX_EXTENSIONS, 0);

        // when
        PolicyRules difference = changed.differingFrom(PolicyRules.DEFAULTS);

        // then
        assertThat(difference).isEqualTo(PolicyRules.NONE.with(PolicyField.MAX_EXTENSIONS, 0));
        assertThat(difference).hasToString("{max_extensions=0}");
    }

    @Test
    void aRuleThatThereIsNotCannotBeSet() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyRules.ofTexts(Map.of("durration", "PT9S")))
                .withMessage("There is no policy rule durration");
    }
}
