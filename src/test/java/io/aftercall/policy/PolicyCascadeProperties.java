package io.aftercall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.interaction.InteractionOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

@PropertyDefaults(tries = 300, edgeCases = EdgeCasesMode.NONE)
class PolicyCascadeProperties {

    private static final List<PolicyKey> KEYS =
            List.of(PolicyKey.TENANT, PolicyKey.agent("anna"), PolicyKey.agent("ben"), PolicyKey.agent("carl"));

    @Property
    void theOrderOfThePoliciesNeverMatters(@ForAll("policies") List<AcwPolicy> policies, @ForAll Random random) {
        List<AcwPolicy> shuffled = new ArrayList<>(policies);
        Collections.shuffle(shuffled, random);

        PolicyCascade cascade = new PolicyCascade(shuffled, 9);

        assertThat(cascade.forAgent("anna")).isEqualTo(new PolicyCascade(policies, 9).forAgent("anna"));
    }

    @Property
    void everyValueIsThatOfThePolicyWhichIsNamedForItOrElseTheDefault(@ForAll("policies") List<AcwPolicy> policies) {
        EffectivePolicy effective = new PolicyCascade(policies, 9).forAgent("anna");

        for (PolicyField<?> field : PolicyField.ALL) {
            AcwPolicy origin = effective.provenance().get(field);
            Object expected =
                    origin == null ? field.defaultValue() : origin.rules().get(field);
            assertThat(effective.get(field)).isEqualTo(expected);
        }
    }

    @Property
    void theNamedPolicyIsTheNarrowestThatSetsTheRule(@ForAll("policies") List<AcwPolicy> policies) {
        EffectivePolicy effective = new PolicyCascade(policies, 9).forAgent("anna");

        for (PolicyField<?> field : PolicyField.ALL) {
            Optional<AcwPolicy> narrowest = policies.stream()
                    .filter(policy -> !policy.key().scopeId().equals("ben"))
                    .filter(policy -> !policy.key().scopeId().equals("carl"))
                    .filter(policy -> policy.rules().isSet(field))
                    .max((one, other) -> one.key().scope().compareTo(other.key().scope()));
            assertThat(Optional.ofNullable(effective.provenance().get(field))).isEqualTo(narrowest);
        }
    }

    @Property
    void everyRuleComesBackFromItsText(@ForAll("rules") PolicyRules rules) {
        Map<String, String> texts = new HashMap<>();
        rules.forEachText(texts::put);

        assertThat(PolicyRules.ofTexts(texts)).isEqualTo(rules).hasSameHashCodeAs(rules);
    }

    @Property
    void everyRuleThatIsGeneratedHereIsAllowed(@ForAll("rules") PolicyRules rules) {
        assertThat(AcwPolicy.violations(PolicyKey.TENANT, rules)).isEmpty();
    }

    @Provide
    Arbitrary<List<AcwPolicy>> policies() {
        return Combinators.combine(Arbitraries.of(KEYS), rules())
                .as((key, rules) -> new AcwPolicy(key, rules, 3, Instant.EPOCH))
                .list()
                .uniqueElements(AcwPolicy::key)
                .ofMaxSize(KEYS.size());
    }

    @Provide
    Arbitrary<PolicyRules> rules() {
        List<Arbitrary<PolicyRules>> each =
                PolicyField.ALL.stream().map(PolicyCascadeProperties::onlyOf).toList();
        return Combinators.combine(each).as(rules -> rules.stream().reduce(PolicyRules.NONE, PolicyRules::orElse));
    }

    private static <T> Arbitrary<PolicyRules> onlyOf(PolicyField<T> field) {
        return values(field).injectNull(0.5).map(value -> PolicyRules.NONE.with(field, value));
    }

    /** Every field that there is must be here: the values that its type and its range allow. */
    @SuppressWarnings("unchecked")
    private static <T> Arbitrary<T> values(PolicyField<T> field) {
        Map<PolicyField<?>, Arbitrary<?>> values = Map.ofEntries(
                Map.entry(PolicyField.MODE, Arbitraries.of(AcwMode.class).filter(AcwMode::supported)),
                Map.entry(PolicyField.DURATION, spans(1, 86_400)),
                Map.entry(PolicyField.EXTENSION_DURATION, spans(1, 3_600)),
                Map.entry(PolicyField.MAX_EXTENSIONS, Arbitraries.integers().between(0, 100)),
                Map.entry(PolicyField.MIN_TALK_DURATION, spans(0, 3_600)),
                Map.entry(
                        PolicyField.START_ON,
                        Arbitraries.of(InteractionOutcome.class).set().ofMinSize(1)),
                Map.entry(PolicyField.DISPOSITION, Arbitraries.of(DispositionRequirement.class)),
                Map.entry(PolicyField.TIMEOUT_DISPOSITION, ids()),
                Map.entry(PolicyField.ON_TIMEOUT, Arbitraries.of(AcwTimeoutAction.class)),
                Map.entry(PolicyField.ON_TIMEOUT_NOT_READY_REASON, ids()),
                Map.entry(PolicyField.BLOCKS, Arbitraries.of(AcwBlocks.class)),
                Map.entry(PolicyField.ON_NEW_INTERACTION, Arbitraries.of(AcwInteractionAction.class)),
                Map.entry(PolicyField.ON_LOGOUT, Arbitraries.of(AcwLogoutAction.class)),
                Map.entry(PolicyField.REST_DURATION, spans(0, 3_600)),
                Map.entry(PolicyField.WARNING_BEFORE_END, spans(0, 300)),
                Map.entry(PolicyField.LATE_COMPLETION, spans(0, 2_592_000)),
                Map.entry(PolicyField.VISIBLE, Arbitraries.of(true, false)),
                Map.entry(PolicyField.MAX_DURATION_CAP, spans(60, 86_400)));
        return (Arbitrary<T>) values.get(field);
    }

    private static Arbitrary<Duration> spans(long minSeconds, long maxSeconds) {
        return Arbitraries.longs()
                .between(minSeconds * 1_000, maxSeconds * 1_000)
                .map(Duration::ofMillis);
    }

    private static Arbitrary<String> ids() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("._:@+-/=~")
                .ofMinLength(1)
                .ofMaxLength(128);
    }
}
