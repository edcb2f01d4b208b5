package io.aftercall.policy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of one scope.
 *
 * @param rules those it sets; the others are inherited
 * @param revision the tenant's revision at which it last changed
 * @param updateTime when it last changed
 */
public record AcwPolicy(PolicyKey key, PolicyRules rules, long revision, Instant updateTime) {

    /** Rules about queues, whoever takes interactions from them. */
    private static final List<PolicyField<?>> OF_QUEUES = List.of(
            PolicyField.PRESSURE_WAITING_COUNT,
            PolicyField.PRESSURE_LONGEST_WAIT,
            PolicyField.PRESSURE_RELEASE_PERCENT);

    /** Names this version of the policy, and no policy of another tenant; opaque to callers. */
    public String etag() {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, updateTime);
        return Long.toString(revision, Character.MAX_RADIX) + "-" + Long.toString(micros, Character.MAX_RADIX);
    }

    /**
     * What is wrong with the rules of this scope, by name of the field; empty if nothing is.
     */
    public static Map<String, String> violations(PolicyKey key, PolicyRules rules) {
        Map<String, String> violations = new LinkedHashMap<>();
        rules.fields().forEach(field -> addViolation(violations, field, rules));
        if (!key.equals(PolicyKey.TENANT) && rules.isSet(PolicyField.MAX_DURATION_CAP)) {
            violations.put(
                    PolicyField.MAX_DURATION_CAP.name(), "can only be set with scope TENANT, without conditions");
        }
        boolean ofQueues = key.equals(PolicyKey.TENANT) || key.scope() == PolicyScope.QUEUE && key.rank() == 0;
        if (!ofQueues) {
            OF_QUEUES.stream()
                    .filter(rules::isSet)
                    .forEach(field -> violations.put(
                            field.name(), "can only be set with scope TENANT or QUEUE, without conditions"));
        }
        Contradictions.in(rules).forEach(violations::putIfAbsent);
        return violations;
    }

    private static <T> void addViolation(Map<String, String> violations, PolicyField<T> field, PolicyRules rules) {
        field.violation(rules.get(field)).ifPresent(what -> violations.put(field.name(), what));
    }
}
