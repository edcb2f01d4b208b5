package io.aftercall.policy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules that hold for an interaction: every rule has its value.
 *
 * @param rules all of them
 * @param sources the policies that went in, the widest first
 * @param revision the tenant's revision of the last policy change that went in
 * @param underPressure whether the interaction's queue is under pressure
 */
public record EffectivePolicy(PolicyRules rules, List<AcwPolicy> sources, long revision, boolean underPressure) {

    /** What holds where nobody has set a policy. */
    public static final EffectivePolicy DEFAULT = new EffectivePolicy(PolicyRules.DEFAULTS, List.of(), 0, false);

    /** How long an ACW lasts: while its queue is under pressure perhaps less than otherwise. */
    public Duration duration() {
        Duration normal = get(PolicyField.DURATION);
        Duration least = get(PolicyField.PRESSURE_MIN_DURATION);
        boolean shrinks = underPressure && get(PolicyField.ON_PRESSURE) == AcwPressureAction.SHRINK;
        return shrinks && least.compareTo(normal) < 0 ? least : normal;
    }

    /** Whether pressure on the queue keeps agents from extending. */
    public boolean refusesExtensions() {
        return underPressure && get(PolicyField.ON_PRESSURE) != AcwPressureAction.IGNORE;
    }

    public <T> T get(PolicyField<T> field) {
        return rules.get(field);
    }

    /** For each rule that a policy gave, that policy; the others have their default. */
    public Map<PolicyField<?>, AcwPolicy> provenance() {
        Map<PolicyField<?>, AcwPolicy> provenance = new HashMap<>();
        for (AcwPolicy source : sources) {
            source.rules().fields().forEach(field -> provenance.put(field, source));
        }
        return provenance;
    }
}
