package io.aftercall.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
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

    /** Those that matter less come first. */
    private static final Comparator<StoredPolicy> RANK =
            Comparator.comparing(policy -> policy.key().rank());

    /** By scope and id. */
    private final Map<PolicyScope, Map<String, List<StoredPolicy>>> policies;
    /** The changes that cleared rules in narrower ones, or took that back, in the order of revisions. */
    private final List<PolicyRevision> resets;
    /** The queues that are under pressure. */
    private final Set<String> pressed;

    private final long revision;
    /** For the many interactions for which only what holds for all matters. */
    private final EffectivePolicy ofTenant;

    /** Made when somebody asks for it. */
    private List<AcwPolicy> ordered;

    /**
     * @param revision the tenant's revision of the last policy change, also if that removed a policy
     */
    public PolicyCascade(Collection<AcwPolicy> policies, long revision) {
        this(policies, List.of(), Set.of(), revision);
    }

    /**
     * @param stored the policies as they were last set
     * @param resets the changes that cleared rules in narrower ones, or took that back, in the order of revisions
     * @param pressed the queues that are under pressure
     */
    public PolicyCascade(
            Collection<AcwPolicy> stored, List<PolicyRevision> resets, Set<String> pressed, long revision) {
        this(byOwner(stored), List.copyOf(resets), Set.copyOf(pressed), revision);
    }

    private PolicyCascade(
            Map<PolicyScope, Map<String, List<StoredPolicy>>> policies,
            List<PolicyRevision> resets,
            Set<String> pressed,
            long revision) {
        this.policies = policies;
        this.resets = resets;
        this.pressed = pressed;
        this.revision = revision;
        this.ofTenant = merged(policy(PolicyKey.TENANT).map(List::of).orElseGet(List::of), false);
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
        return new PolicyCascade(policies, resets, Set.copyOf(others), change.revision());
    }

    /** The policy of exactly this scope, id and conditions. */
    public Optional<AcwPolicy> policy(PolicyKey key) {
        return of(stored(key.scope(), key.scopeId()), key).flatMap(policy -> policy.after(resets));
    }

    /** How many policies were set, those that others have cleared since included. */
    public int size() {
        return policies.values().stream()
                .flatMap(ofScope -> ofScope.values().stream())
                .mapToInt(List::size)
                .sum();
    }

    /** All policies, in the order of their keys. */
    public synchronized List<AcwPolicy> ordered() {
        if (ordered == null) {
            ordered = all().sorted(Comparator.comparing(AcwPolicy::key)).toList();
        }
        return ordered;
    }

    /** The ids that there are policies of in a scope, in no order. */
    public Set<String> scopeIds(PolicyScope scope) {
        return policies.getOrDefault(scope, Map.of()).keySet();
    }

    /** The policies in which a reset would clear something, in no order. */
    public Stream<AcwPolicy> clearedBy(PolicyReset reset) {
        return all().filter(policy ->
                reset.covers(policy.key()) && reset.fields().stream().anyMatch(policy.rules()::isSet));
    }

    /** The policies whose rules are others there, or that are only here or there, by scope from the widest. */
    public List<PolicyKey> differing(PolicyCascade there) {
        List<PolicyKey> found = new ArrayList<>();
        boolean sameResets = resets == there.resets;
        for (PolicyScope scope : PolicyScope.values()) {
            Map<String, List<StoredPolicy>> own = policies.getOrDefault(scope, Map.of());
            Map<String, List<StoredPolicy>> others = there.policies.getOrDefault(scope, Map.of());
            if (sameResets && own == others) {
                continue;
            }
            own.forEach((id, here) -> {
                List<StoredPolicy> theirs = others.getOrDefault(id, List.of());
                // Most of them are the very same.
                if (!sameResets || here != theirs) {
                    differing(here, there, theirs, found);
                }
            });
            others.forEach((id, theirs) -> {
                if (!own.containsKey(id)) {
                    differing(List.of(), there, theirs, found);
                }
            });
        }
        return found;
    }

    private void differing(
            List<StoredPolicy> here, PolicyCascade there, List<StoredPolicy> theirs, List<PolicyKey> found) {
        for (StoredPolicy policy : here) {
            PolicyRules others = of(theirs, policy.key())
                    .map(other -> other.rules(there.resets))
                    .orElse(PolicyRules.NONE);
            if (!policy.rules(resets).equals(others)) {
                found.add(policy.key());
            }
        }
        for (StoredPolicy other : theirs) {
            if (of(here, other.key()).isEmpty() && !other.rules(there.resets).isEmpty()) {
                found.add(other.key());
            }
        }
    }

    private static Optional<StoredPolicy> of(List<StoredPolicy> own, PolicyKey key) {
        return own.stream().filter(policy -> policy.key().equals(key)).findFirst();
    }

    /** The policies after one more change. */
    public PolicyCascade after(PolicyRevision next) {
        PolicyChange change = next.change();
        PolicyKey key = change.key();
        List<StoredPolicy> own = new ArrayList<>(stored(key.scope(), key.scopeId()));
        own.removeIf(policy -> policy.key().equals(key));
        if (!change.after().isEmpty()) {
            own.add(new StoredPolicy(new AcwPolicy(key, change.after(), next.revision(), next.time())));
            own.sort(RANK);
        }
        Map<String, List<StoredPolicy>> ofScope = new HashMap<>(policies.getOrDefault(key.scope(), Map.of()));
        if (own.isEmpty()) {
            ofScope.remove(key.scopeId());
        } else {
            ofScope.put(key.scopeId(), own);
        }
        Map<PolicyScope, Map<String, List<StoredPolicy>>> changed = new EnumMap<>(PolicyScope.class);
        changed.putAll(policies);
        changed.put(key.scope(), ofScope);
        return new PolicyCascade(changed, resetsAfter(next), pressed, next.revision());
    }

    /** The policies as they would be after a change, were it made now. */
    public PolicyCascade after(PolicyChange change) {
        return after(new PolicyRevision(revision + 1, Instant.EPOCH, "", change, false));
    }

    private List<PolicyRevision> resetsAfter(PolicyRevision next) {
        return next.change().reachesOthers()
                ? Stream.concat(resets.stream(), Stream.of(next)).toList()
                : resets;
    }

    /** The same, with no queue under pressure. */
    public PolicyCascade calm() {
        return new PolicyCascade(policies, resets, Set.of(), revision);
    }

    /** The same, known to hold at a later revision. */
    public PolicyCascade at(long later) {
        return new PolicyCascade(policies, resets, pressed, later);
    }

    public long revision() {
        return revision;
    }

    private Stream<AcwPolicy> all() {
        return policies.values().stream()
                .flatMap(ofScope -> ofScope.values().stream())
                .flatMap(List::stream)
                .flatMap(policy -> policy.after(resets).stream());
    }

    private List<StoredPolicy> stored(PolicyScope scope, String scopeId) {
        return policies.getOrDefault(scope, Map.of()).getOrDefault(scopeId, List.of());
    }

    private boolean onlyOfTenant(List<AcwPolicy> matching) {
        List<AcwPolicy> sources = ofTenant.sources();
        return matching.size() == sources.size() && (matching.isEmpty() || matching.get(0) == sources.get(0));
    }

    private void collect(PolicyScope scope, String id, PolicyContext context, List<AcwPolicy> matching) {
        if (id != null) {
            for (StoredPolicy policy : stored(scope, id)) {
                if (policy.key().holdsFor(context.channel(), context.direction())) {
                    policy.after(resets).ifPresent(matching::add);
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

    private static Map<PolicyScope, Map<String, List<StoredPolicy>>> byOwner(Collection<AcwPolicy> policies) {
        Map<PolicyScope, Map<String, List<StoredPolicy>>> byOwner = new EnumMap<>(PolicyScope.class);
        policies.forEach(policy -> byOwner.computeIfAbsent(policy.key().scope(), any -> new HashMap<>())
                .computeIfAbsent(policy.key().scopeId(), any -> new ArrayList<>(1))
                .add(new StoredPolicy(policy)));
        byOwner.values().forEach(ofScope -> ofScope.values().forEach(own -> own.sort(RANK)));
        return byOwner;
    }
}
