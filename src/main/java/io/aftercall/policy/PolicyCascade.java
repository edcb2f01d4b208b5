package io.aftercall.policy;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All policies of a tenant at one revision. For each rule the value comes from the policy of the narrowest scope that
 * sets it. Immutable; the merge is done once for each policy, not for each question.
 */
public final class PolicyCascade {

    private final Map<PolicyKey, EffectivePolicy> ofAgents;
    private final EffectivePolicy ofTenant;
    private final long revision;

    /**
     * @param revision the tenant's revision of the last policy change, also if that removed a policy
     */
    public PolicyCascade(Collection<AcwPolicy> policies, long revision) {
        this.revision = revision;
        EffectivePolicy defaults = new EffectivePolicy(PolicyRules.DEFAULTS, Map.of(), revision);
        this.ofTenant = policies.stream()
                .filter(policy -> policy.key().equals(PolicyKey.TENANT))
                .findFirst()
                .map(policy -> narrowed(defaults, policy))
                .orElse(defaults);
        this.ofAgents = policies.stream()
                .filter(policy -> policy.key().scope() == PolicyScope.AGENT)
                .collect(Collectors.toUnmodifiableMap(AcwPolicy::key, policy -> narrowed(ofTenant, policy)));
    }

    /** What holds for an agent's interactions. */
    public EffectivePolicy forAgent(String agentId) {
        return ofAgents.isEmpty() ? ofTenant : ofAgents.getOrDefault(PolicyKey.agent(agentId), ofTenant);
    }

    public long revision() {
        return revision;
    }

    private static EffectivePolicy narrowed(EffectivePolicy wider, AcwPolicy policy) {
        Map<PolicyField<?>, AcwPolicy> provenance = new HashMap<>(wider.provenance());
        PolicyField.ALL.stream().filter(policy.rules()::isSet).forEach(field -> provenance.put(field, policy));
        return new EffectivePolicy(policy.rules().orElse(wider.rules()), Map.copyOf(provenance), wider.revision());
    }
}
