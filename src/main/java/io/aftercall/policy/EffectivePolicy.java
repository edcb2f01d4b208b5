package io.aftercall.policy;

import java.util.Map;

/**
 * The rules that hold for an interaction: every rule has its value.
 *
 * @param rules all of them
 * @param provenance for each rule that a policy gave, that policy; the others have their default
 * @param revision the tenant's revision of the last policy change that went in
 */
public record EffectivePolicy(PolicyRules rules, Map<PolicyField<?>, AcwPolicy> provenance, long revision) {

    /** What holds where nobody has set a policy. */
    public static final EffectivePolicy DEFAULT = new EffectivePolicy(PolicyRules.DEFAULTS, Map.of(), 0);

    public <T> T get(PolicyField<T> field) {
        return rules.get(field);
    }
}
