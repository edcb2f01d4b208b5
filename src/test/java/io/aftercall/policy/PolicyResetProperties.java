package io.aftercall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/** Policies that are set, cleared by wider ones and restored, beside a model that works everything out from the start. */
@PropertyDefaults(tries = 500, edgeCases = EdgeCasesMode.NONE)
class PolicyResetProperties {

    private static final List<PolicyKey> KEYS = List.of(
            PolicyKey.TENANT,
            PolicyKey.team("sales"),
            PolicyKey.queue("hotline"),
            PolicyKey.agent("anna"),
            PolicyKey.agent("ben"));

    private static final List<PolicyField<?>> FIELDS = List.of(PolicyField.DURATION, PolicyField.VISIBLE);

    /**
     * One change.
     *
     * @param resets whether it clears the rules that it sets in narrower policies
     * @param takesBack whether it takes back every earlier reset of the same policy
     * @param asks whether somebody asks for the policies afterwards
     */
    record Step(PolicyKey key, PolicyRules rules, boolean resets, boolean takesBack, boolean asks) {}

    @Property
    void whatIsLeftIsWhatWasLastSetWithoutWhatLaterResetsThatHoldClear(@ForAll("steps") List<Step> steps) {
        PolicyCascade cascade = new PolicyCascade(List.of(), 0);
        List<PolicyRevision> made = new ArrayList<>();
        for (Step step : steps) {
            PolicyRevision next = revision(step, made);
            PolicyCascade before = cascade;
            made.add(next);
            cascade = cascade.after(next);
            if (step.asks) {
                assertThat(rules(cascade)).isEqualTo(model(made));
            }
            assertThat(cascade.ordered().stream()
                            .filter(policy -> policy.revision() == next.revision())
                            .map(AcwPolicy::key))
                    .as("a version of its own for each that is another one")
                    .containsAll(changed(model(made.subList(0, made.size() - 1)), model(made)));
            assertThat(rules(before.after(next.change()))).isEqualTo(model(made));
            assertThat(before.differing(cascade))
                    .containsExactlyInAnyOrderElementsOf(
                            differing(model(made.subList(0, made.size() - 1)), model(made)));
        }
        assertThat(rules(cascade)).isEqualTo(model(made));
        assertThat(loaded(made).ordered()).isEqualTo(cascade.ordered());
        for (PolicyKey key : KEYS) {
            assertThat(PolicyTimeline.ofPolicy(key, made)).isEqualTo(changesOf(key, made));
        }
    }

    /** Those that set it, and those after which it was another one. */
    private static List<PolicyRevision> changesOf(PolicyKey key, List<PolicyRevision> made) {
        return IntStream.range(0, made.size())
                .filter(i -> made.get(i).change().key().equals(key)
                        || !Objects.equals(
                                model(made.subList(0, i)).get(key),
                                model(made.subList(0, i + 1)).get(key)))
                .mapToObj(made::get)
                .toList();
    }

    private static PolicyRevision revision(Step step, List<PolicyRevision> made) {
        PolicyChange change = PolicyChange.of(step.key, PolicyRules.NONE, step.rules);
        if (step.resets) {
            PolicyReset reset = new PolicyReset(
                    step.key,
                    FIELDS.stream().filter(step.rules::isSet).collect(Collectors.toSet()),
                    step.key.scope() == PolicyScope.TEAM ? Set.of("anna") : Set.of());
            change = change.resetting(reset, 0);
        } else if (step.takesBack) {
            Set<Long> resets = made.stream()
                    .filter(earlier -> earlier.change().key().equals(step.key))
                    .map(PolicyRevision::revision)
                    .collect(Collectors.toSet());
            change = change.rollingBackTo(0, resets);
        }
        return new PolicyRevision(made.size() + 1, Instant.EPOCH, "anybody", change, false);
    }

    /** As a replica that starts then would have them. */
    private static PolicyCascade loaded(List<PolicyRevision> made) {
        Map<PolicyKey, AcwPolicy> stored = new HashMap<>();
        for (PolicyRevision one : made) {
            PolicyKey key = one.change().key();
            stored.put(key, new AcwPolicy(key, one.change().after(), one.revision(), one.time()));
        }
        stored.values().removeIf(policy -> policy.rules().isEmpty());
        List<PolicyRevision> resets =
                made.stream().filter(one -> one.change().reachesOthers()).toList();
        return new PolicyCascade(stored.values(), resets, Set.of(), made.size());
    }

    private static Stream<PolicyRevision> holding(List<PolicyRevision> made) {
        Set<Long> takenBack =
                made.stream().flatMap(one -> one.change().takenBack().stream()).collect(Collectors.toSet());
        return made.stream().filter(one -> !takenBack.contains(one.revision()));
    }

    private static Map<PolicyKey, PolicyRules> model(List<PolicyRevision> made) {
        Map<PolicyKey, PolicyRules> left = new HashMap<>();
        for (PolicyKey key : KEYS) {
            PolicyRules rules = PolicyRules.NONE;
            Set<PolicyRevision> holding = holding(made).collect(Collectors.toSet());
            for (PolicyRevision one : made) {
                rules = one.change().key().equals(key) ? one.change().after() : rules;
                boolean clears = holding.contains(one)
                        && one.change()
                                .reset()
                                .filter(reset -> reset.covers(key))
                                .isPresent();
                rules = clears ? one.change().reset().orElseThrow().clear(rules) : rules;
            }
            left.put(key, rules);
        }
        left.values().removeIf(PolicyRules::isEmpty);
        return left;
    }

    private static Set<PolicyKey> changed(Map<PolicyKey, PolicyRules> one, Map<PolicyKey, PolicyRules> other) {
        Set<PolicyKey> keys = differing(one, other);
        keys.retainAll(other.keySet());
        return keys;
    }

    private static Set<PolicyKey> differing(Map<PolicyKey, PolicyRules> one, Map<PolicyKey, PolicyRules> other) {
        Set<PolicyKey> keys = new HashSet<>(KEYS);
        keys.removeIf(key -> one.getOrDefault(key, PolicyRules.NONE).equals(other.getOrDefault(key, PolicyRules.NONE)));
        return keys;
    }

    private static Map<PolicyKey, PolicyRules> rules(PolicyCascade cascade) {
        return cascade.ordered().stream().collect(Collectors.toMap(AcwPolicy::key, AcwPolicy::rules));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<PolicyRules> durations = Arbitraries.longs()
                .between(5, 9)
                .map(seconds -> PolicyRules.NONE.with(PolicyField.DURATION, Duration.ofSeconds(seconds)));
        Arbitrary<PolicyRules> visibles =
                Arbitraries.of(true, false).map(visible -> PolicyRules.NONE.with(PolicyField.VISIBLE, visible));
        Arbitrary<PolicyRules> rules = Arbitraries.oneOf(
                Arbitraries.just(PolicyRules.NONE),
                durations,
                visibles,
                Combinators.combine(durations, visibles).as(PolicyRules::orElse));
        return Combinators.combine(
                        Arbitraries.of(KEYS),
                        rules,
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(Step::new)
                .list()
                .ofMaxSize(12);
    }
}
