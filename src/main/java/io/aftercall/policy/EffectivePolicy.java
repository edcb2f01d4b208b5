package io.aftercall.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules that hold for an interaction: every rule has its value.
 *
 * @param rules all of them
 * @param sources the policies that went in, the widest first
 * @param revision the tenant's revision of the last policy change that went in
 */
public record EffectivePolicy(PolicyRules rules, List<AcwPolicy> sources, long revision) {

    /** What holds where nobody has set a policy. */
    public static final EffectivePolicy DEFAULT = new EffectivePolicy(PolicyRules.DEFAULTS, List.of(), 0);

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
