package io.aftercall.agent;

import static io.aftercall.agent.Fixtures.seconds;
import static io.aftercall.policy.PolicyField.BLOCKS;
import static io.aftercall.policy.PolicyField.DISPOSITION;
import static io.aftercall.policy.PolicyField.DURATION;
import static io.aftercall.policy.PolicyField.EXTENSION_DURATION;
import static io.aftercall.policy.PolicyField.LATE_COMPLETION;
import static io.aftercall.policy.PolicyField.MAX_DURATION_CAP;
import static io.aftercall.policy.PolicyField.MAX_EXTENSIONS;
import static io.aftercall.policy.PolicyField.MODE;
import static io.aftercall.policy.PolicyField.ON_LOGOUT;
import static io.aftercall.policy.PolicyField.ON_NEW_INTERACTION;
import static io.aftercall.policy.PolicyField.ON_PRESSURE;
import static io.aftercall.policy.PolicyField.ON_TIMEOUT;
import static io.aftercall.policy.PolicyField.REST_DURATION;
import static io.aftercall.policy.PolicyField.TIMEOUT_DISPOSITION;
import static io.aftercall.policy.PolicyField.WARNING_BEFORE_END;

import io.aftercall.policy.AcwBlocks;
import io.aftercall.policy.AcwInteractionAction;
import io.aftercall.policy.AcwLogoutAction;
import io.aftercall.policy.AcwMode;
import io.aftercall.policy.AcwPressureAction;
import io.aftercall.policy.AcwTimeoutAction;
import io.aftercall.policy.DispositionRequirement;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyRules;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Random policies: the defaults with some rules changed to values at which something else happens. */
final class RandomPolicies {

    private RandomPolicies() {}

    static Arbitrary<EffectivePolicy> policies() {
        return changes().list().ofMaxSize(10).map(RandomPolicies::defaultsWith);
    }

    private static Arbitrary<UnaryOperator<PolicyRules>> changes() {
        return Arbitraries.oneOf(
                to(MODE, AcwMode.values()),
                to(DURATION, seconds(1), seconds(10), seconds(90)),
                to(EXTENSION_DURATION, seconds(1), seconds(40)),
                to(MAX_EXTENSIONS, 0, 1),
                to(DISPOSITION, DispositionRequirement.REQUIRED),
                to(TIMEOUT_DISPOSITION, "NONE_GIVEN"),
                to(ON_TIMEOUT, AcwTimeoutAction.NOT_READY),
                to(BLOCKS, AcwBlocks.OWN_CHANNEL),
                to(
                        ON_NEW_INTERACTION,
                        AcwInteractionAction.PAUSE,
                        AcwInteractionAction.PAUSE,
                        AcwInteractionAction.END),
                to(ON_LOGOUT, AcwLogoutAction.END),
                to(REST_DURATION, seconds(5), seconds(60)),
                to(WARNING_BEFORE_END, seconds(0), seconds(9)),
                to(LATE_COMPLETION, seconds(0), seconds(15)),
                to(ON_PRESSURE, AcwPressureAction.values()),
                to(MAX_DURATION_CAP, seconds(60)));
    }

    @SafeVarargs
    private static <T> Arbitrary<UnaryOperator<PolicyRules>> to(PolicyField<T> field, T... values) {
        return Arbitraries.of(values).map(value -> rules -> rules.with(field, value));
    }

    private static EffectivePolicy defaultsWith(List<UnaryOperator<PolicyRules>> changes) {
        PolicyRules rules = PolicyRules.DEFAULTS;
        for (UnaryOperator<PolicyRules> change : changes) {
            rules = change.apply(rules);
        }
        EffectivePolicy policy = Fixtures.effective(rules, changes.size());
        return changes.size() % 2 == 0 ? policy : Fixtures.underPressure(policy);
    }
}
