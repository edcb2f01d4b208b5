package io.aftercall.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All policies of a tenant at one revision. For each rule the value comes from the policy that matches and sets it, of
 * the narrowest scope and there of the most conditions. Immutable.
 */
public final class PolicyCascade implements Policies {

    private static final Owner TENANT = new Owner(PolicyScope.TENANT, "");

    /** Those that matter less come first. */
    private static final Comparator<AcwPolicy> RANK =
            Comparator.comparing(policy -> policy.key().rank());

    private final Map<Owner, List<AcwPolicy>> policies;
    private final long revision;
    /** For the many interactions for which only what holds for all matters. */
    private final EffectivePolicy ofTenant;

    /** Whose policies. */
    private record Owner(PolicyScope scope, String id) {
        static Owner of(PolicyKey key) {
            return new Owner(key.scope(), key.scopeId());
        }
    }

    /**
     * @param revision the tenant's revision of the last policy change, also if that removed a policy
     */
    public PolicyCascade(Collection<AcwPolicy> policies, long revision) {
        this(byOwner(policies), revision);
    }

    private PolicyCascade(Map<Owner, List<AcwPolicy>> policies, long revision) {
        this.policies = policies;
        this.revision = revision;
        this.ofTenant = policies.getOrDefault(TENANT, List.of()).stream()
                .filter(policy -> policy.key().rank() == 0)
                .findFirst()
                .map(policy -> narrowed(EffectivePolicy.defaults(revision), List.of(policy)))
                .orElse(EffectivePolicy.defaults(revision));
    }

    @Override
    public EffectivePolicy effective(PolicyContext context) {
        List<AcwPolicy> matching = new ArrayList<>(4);
        collect(PolicyScope.TENANT, "", context, matching);
        collect(PolicyScope.TEAM, context.teamId(), context, matching);
        collect(PolicyScope.QUEUE, context.queueId(), context, matching);
        collect(PolicyScope.AGENT, context.agentId(), context, matching);
        return onlyOfTenant(matching) ? ofTenant : narrowed(EffectivePolicy.defaults(revision), matching);
    }

    private boolean onlyOfTenant(List<AcwPolicy> matching) {
        List<AcwPolicy> sources = ofTenant.sources();
        return matching.size() == sources.size() && (matching.isEmpty() || matching.get(0) == sources.get(0));
    }

    /** The policy of exactly this scope, id and conditions. */
    public Optional<AcwPolicy> policy(PolicyKey key) {
        return policies.getOrDefault(Owner.of(key), List.of()).stream()
                .filter(policy -> policy.key().equals(key))
                .findFirst();
    }

    /** All policies, in no order. */
    public Stream<AcwPolicy> all() {
        return policies.values().stream().flatMap(List::stream);
    }

    public long revision() {
        return revision;
    }

    private void collect(PolicyScope scope, String id, PolicyContext context, List<AcwPolicy> matching) {
        List<AcwPolicy> own = id == null ? null : policies.get(new Owner(scope, id));
        if (own != null) {
            for (AcwPolicy policy : own) {
                if (policy.key().holdsFor(context.channel(), context.direction())) {
                    matching.add(policy);
                }
            }
        }
    }

    private static EffectivePolicy narrowed(EffectivePolicy wider, List<AcwPolicy> matching) {
        PolicyRules rules = wider.rules();
        for (AcwPolicy policy : matching) {
            rules = policy.rules().orElse(rules);
        }
        return new EffectivePolicy(rules, List.copyOf(matching), wider.revision());
    }

    private static Map<Owner, List<AcwPolicy>> byOwner(Collection<AcwPolicy> policies) {
        Map<Owner, List<AcwPolicy>> byOwner = new HashMap<>();
        policies.forEach(policy -> byOwner.computeIfAbsent(Owner.of(policy.key()), any -> new ArrayList<>(1))
                .add(policy));
        byOwner.values().forEach(own -> own.sort(RANK));
        return byOwner;
    }
}
