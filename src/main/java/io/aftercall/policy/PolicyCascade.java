package io.aftercall.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    /** The queues that are under pressure. */
    private final Set<String> pressed;

    private final long revision;
    /** For the many interactions for which only what holds for all matters. */
    private final EffectivePolicy ofTenant;

    /** Made when somebody asks for it. */
    private List<AcwPolicy> ordered;

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
        this(byOwner(policies), Set.of(), revision);
    }

    /**
     * @param stored the policies as they were last set
     * @param resets the changes that cleared rules in them and still hold, in the order of revisions
     * @param pressed the queues that are under pressure
     */
    public static PolicyCascade of(
            Collection<AcwPolicy> stored, List<PolicyRevision> resets, Set<String> pressed, long revision) {
        List<AcwPolicy> policies = new ArrayList<>(stored.size());
        for (AcwPolicy policy : stored) {
            AcwPolicy left = policy;
            for (PolicyRevision reset : resets) {
                left = reset.revision() > policy.revision() ? after(reset, left) : left;
            }
            if (!left.rules().isEmpty()) {
                policies.add(left);
            }
        }
        return new PolicyCascade(byOwner(policies), Set.copyOf(pressed), revision);
    }

    private PolicyCascade(Map<Owner, List<AcwPolicy>> policies, Set<String> pressed, long revision) {
        this.policies = policies;
        this.pressed = pressed;
        this.revision = revision;
        this.ofTenant = policies.getOrDefault(TENANT, List.of()).stream()
                .filter(policy -> policy.key().rank() == 0)
                .findFirst()
                .map(policy -> merged(List.of(policy), false))
                .orElseGet(() -> merged(List.of(), false));
    }

    @Override
    public EffectivePolicy effective(PolicyContext context) {
        List<AcwPolicy> matching = new ArrayList<>(4);
        collect(PolicyScope.TENANT, "", context, matching);
        collect(PolicyScope.TEAM, context.teamId(), context, matching);
        collect(PolicyScope.QUEUE, context.queueId(), context, matching);
        collect(PolicyScope.AGENT, context.agentId(), context, matching);
        boolean pressure = context.queueId() != null && underPressure(context.queueId());
        return !pressure && onlyOfTenant(matching) ? ofTenant : merged(List.copyOf(matching), pressure);
    }

    public boolean underPressure(String queueId) {
        return pressed.contains(queueId);
    }

    /** The policies after a queue came under pressure, or no longer is. */
    public PolicyCascade after(PressureChange change) {
        Set<String> others = new HashSet<>(pressed);
        if (change.pressed()) {
            others.add(change.queueId());
        } else {
            others.remove(change.queueId());
        }
        return new PolicyCascade(policies, Set.copyOf(others), change.revision());
    }

    /** The policy of exactly this scope, id and conditions. */
    public Optional<AcwPolicy> policy(PolicyKey key) {
        return policies.getOrDefault(Owner.of(key), List.of()).stream()
                .filter(policy -> policy.key().equals(key))
                .findFirst();
    }

    /** All policies, in the order of their keys. */
    public synchronized List<AcwPolicy> ordered() {
        if (ordered == null) {
            ordered = all().sorted(Comparator.comparing(AcwPolicy::key)).toList();
        }
        return ordered;
    }

    /** The policies in which a reset would clear something, in no order. */
    public Stream<AcwPolicy> clearedBy(PolicyReset reset) {
        return all().filter(policy ->
                reset.covers(policy.key()) && reset.fields().stream().anyMatch(policy.rules()::isSet));
    }

    /** The policies whose rules are others there, or that are only here or there, in no order. */
    public Stream<PolicyKey> differing(PolicyCascade there) {
        return Stream.concat(
                all().filter(policy -> !there.has(policy)).map(AcwPolicy::key),
                there.all().filter(policy -> policy(policy.key()).isEmpty()).map(AcwPolicy::key));
    }

    private boolean has(AcwPolicy other) {
        return policy(other.key())
                .filter(own -> own.rules().equals(other.rules()))
                .isPresent();
    }

    /** The policies after one more change, which takes back none before it. */
    public PolicyCascade after(PolicyRevision next) {
        PolicyChange change = next.change();
        Map<Owner, List<AcwPolicy>> changed = new HashMap<>(policies);
        change.reset().ifPresent(reset -> clearedBy(reset)
                .map(policy -> Owner.of(policy.key()))
                .distinct()
                .forEach(owner -> replace(
                        changed,
                        owner,
                        policies.get(owner).stream()
                                .map(policy -> after(next, policy))
                                .filter(policy -> !policy.rules().isEmpty()))));
        Owner owner = Owner.of(change.key());
        AcwPolicy policy = new AcwPolicy(change.key(), change.after(), next.revision(), next.time());
        Stream<AcwPolicy> others = changed.getOrDefault(owner, List.of()).stream()
                .filter(other -> !other.key().equals(change.key()));
        replace(changed, owner, change.after().isEmpty() ? others : Stream.concat(others, Stream.of(policy)));
        return new PolicyCascade(changed, pressed, next.revision());
    }

    /** The same, with no queue under pressure. */
    public PolicyCascade calm() {
        return new PolicyCascade(policies, Set.of(), revision);
    }

    /** The same, known to hold at a later revision. */
    public PolicyCascade at(long later) {
        return new PolicyCascade(policies, pressed, later);
    }

    public long revision() {
        return revision;
    }

    private Stream<AcwPolicy> all() {
        return policies.values().stream().flatMap(List::stream);
    }

    /** A policy after the reset that comes with a change. */
    private static AcwPolicy after(PolicyRevision change, AcwPolicy policy) {
        return change.change()
                .reset()
                .filter(reset -> reset.covers(policy.key()))
                .map(reset -> reset.clear(policy.rules()))
                .filter(left -> !left.equals(policy.rules()))
                .map(left -> new AcwPolicy(policy.key(), left, change.revision(), change.time()))
                .orElse(policy);
    }

    private static void replace(Map<Owner, List<AcwPolicy>> policies, Owner owner, Stream<AcwPolicy> own) {
        List<AcwPolicy> ranked = own.sorted(RANK).toList();
        if (ranked.isEmpty()) {
            policies.remove(owner);
        } else {
            policies.put(owner, ranked);
        }
    }

    private boolean onlyOfTenant(List<AcwPolicy> matching) {
        List<AcwPolicy> sources = ofTenant.sources();
        return matching.size() == sources.size() && (matching.isEmpty() || matching.get(0) == sources.get(0));
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

    private EffectivePolicy merged(List<AcwPolicy> matching, boolean pressure) {
        PolicyRules rules = PolicyRules.DEFAULTS;
        for (AcwPolicy policy : matching) {
            rules = policy.rules().orElse(rules);
        }
        return new EffectivePolicy(rules, matching, revision, pressure);
    }

    private static Map<Owner, List<AcwPolicy>> byOwner(Collection<AcwPolicy> policies) {
        Map<Owner, List<AcwPolicy>> byOwner = new HashMap<>();
        policies.forEach(policy -> byOwner.computeIfAbsent(Owner.of(policy.key()), any -> new ArrayList<>(1))
                .add(policy));
        byOwner.values().forEach(own -> own.sort(RANK));
        return byOwner;
    }
}
