package io.aftercall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import io.aftercall.interaction.InteractionOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
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

    private static final List<PolicyKey> OWNERS = List.of(
            PolicyKey.TENANT,
            PolicyKey.team("sales"),
            PolicyKey.team("support"),
            PolicyKey.queue("hotline"),
            PolicyKey.queue("orders"),
            PolicyKey.agent("anna"),
            PolicyKey.agent("ben"));

    @Property
    void theOrderOfThePoliciesNeverMatters(
            @ForAll("policies") List<AcwPolicy> policies,
            @ForAll("contexts") PolicyContext context,
            @ForAll Random random) {
        List<AcwPolicy> shuffled = new ArrayList<>(policies);
        Collections.shuffle(shuffled, random);

        PolicyCascade cascade = new PolicyCascade(shuffled, 9);

        assertThat(cascade.effective(context)).isEqualTo(new PolicyCascade(policies, 9).effective(context));
    }

    @Property
    void everyValueIsThatOfThePolicyWhichIsNamedForItOrElseTheDefault(
            @ForAll("policies") List<AcwPolicy> policies, @ForAll("contexts") PolicyContext context) {
        EffectivePolicy effective = new PolicyCascade(policies, 9).effective(context);

        for (PolicyField<?> field : PolicyField.ALL) {
            AcwPolicy origin = effective.provenance().get(field);
            Object expected =
                    origin == null ? field.defaultValue() : origin.rules().get(field);
            assertThat(effective.get(field)).isEqualTo(expected);
            assertThat(origin == null || origin.rules().isSet(field)).isTrue();
        }
    }

    @Property
    void theNamedPolicyIsTheNarrowestThatMatchesAndSetsTheRule(
            @ForAll("policies") List<AcwPolicy> policies, @ForAll("contexts") PolicyContext context) {
        EffectivePolicy effective = new PolicyCascade(policies, 9).effective(context);

        for (PolicyField<?> field : PolicyField.ALL) {
            Optional<AcwPolicy> narrowest = policies.stream()
                    .filter(policy -> matches(policy.key(), context))
                    .filter(policy -> policy.rules().isSet(field))
                    .max(Comparator.comparing((AcwPolicy policy) -> policy.key().scope())
                            .thenComparing(policy -> conditions(policy.key()))
                            .thenComparing(policy -> policy.key().channel() != null));
            assertThat(Optional.ofNullable(effective.provenance().get(field))).isEqualTo(narrowest);
        }
    }

    private static boolean matches(PolicyKey key, PolicyContext context) {
        String id =
                switch (key.scope()) {
                    case TENANT -> "";
                    case TEAM -> context.teamId();
                    case QUEUE -> context.queueId();
                    case AGENT -> context.agentId();
                };
        return key.scopeId().equals(id)
                && (key.channel() == null || key.channel() == context.channel())
                && (key.direction() == null || key.direction() == context.direction());
    }

    private static long conditions(PolicyKey key) {
        return Stream.of(key.channel(), key.direction())
                .filter(Objects::nonNull)
                .count();
    }

    @Property
    void everyRuleComesBackFromItsText(@ForAll("rules") PolicyRules rules) {
        Map<String, String> texts = new HashMap<>();
        rules.forEachText(texts::put);

        assertThat(PolicyRules.ofTexts(texts)).isEqualTo(rules).hasSameHashCodeAs(rules);
    }

    @Property
    void everyRuleThatIsGeneratedHereIsAllowed(@ForAll("rules") PolicyRules rules) {
        assertThat(PolicyField.ALL).allSatisfy(field -> assertAllowed(field, rules));
    }

    private static <T> void assertAllowed(PolicyField<T> field, PolicyRules rules) {
        assertThat(!rules.isSet(field) || field.violation(rules.get(field)).isEmpty())
                .isTrue();
    }

    @Provide
    Arbitrary<List<AcwPolicy>> policies() {
        return Combinators.combine(keys(), rules())
                .as((key, rules) -> new AcwPolicy(key, rules, 3, Instant.EPOCH))
                .list()
                .uniqueElements(AcwPolicy::key)
                .ofMaxSize(30);
    }

    private static Arbitrary<PolicyKey> keys() {
        return Combinators.combine(
                        Arbitraries.of(OWNERS),
                        Arbitraries.of(Channel.VOICE, Channel.CHAT).injectNull(0.5),
                        Arbitraries.of(Direction.INBOUND, Direction.OUTBOUND).injectNull(0.5))
                .as(PolicyKey::when);
    }

    @Provide
    Arbitrary<PolicyContext> contexts() {
        return Combinators.combine(
                        Arbitraries.of("anna", "carl"),
                        Arbitraries.of("sales").injectNull(0.3),
                        Arbitraries.of("hotline", "unheard").injectNull(0.2),
                        Arbitraries.of(Channel.VOICE, Channel.EMAIL).injectNull(0.2),
                        Arbitraries.of(Direction.INBOUND).injectNull(0.3))
                .as(PolicyContext::new);
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
                Map.entry(PolicyField.MODE, Arbitraries.of(AcwMode.class)),
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
                Map.entry(PolicyField.MAX_DURATION_CAP, spans(60, 86_400)),
                Map.entry(PolicyField.ON_PRESSURE, Arbitraries.of(AcwPressureAction.class)),
                Map.entry(PolicyField.PRESSURE_MIN_DURATION, spans(1, 86_400)),
                Map.entry(
                        PolicyField.PRESSURE_WAITING_COUNT,
                        Arbitraries.integers().between(0, 100_000)),
                Map.entry(PolicyField.PRESSURE_LONGEST_WAIT, spans(1, 86_400)),
                Map.entry(
                        PolicyField.PRESSURE_RELEASE_PERCENT,
                        Arbitraries.integers().between(1, 100)));
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
