package io.aftercall.engine;

import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRules;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The port in memory; tenants and their revisions are those of an {@link InMemoryAgentStore}. */
public final class InMemoryPolicyStore implements PolicyStore {

    private final InMemoryAgentStore agents;
    private final InstantSource clock;
    private final Map<TenantId, NavigableMap<PolicyKey, AcwPolicy>> policies = new HashMap<>();

    public InMemoryPolicyStore(InMemoryAgentStore agents, InstantSource clock) {
        this.agents = agents;
        this.clock = clock;
    }

    @Override
    public CompletionStage<PolicyCascade> cascade(TenantId tenant) {
        synchronized (agents) {
            return CompletableFuture.completedFuture(
                    new PolicyCascade(of(tenant).values(), agents.tenant(tenant).policyRevision));
        }
    }

    @Override
    public CompletionStage<Optional<AcwPolicy>> get(TenantId tenant, PolicyKey key) {
        synchronized (agents) {
            return CompletableFuture.completedFuture(
                    Optional.ofNullable(of(tenant).get(key)));
        }
    }

    @Override
    public CompletionStage<List<AcwPolicy>> list(TenantId tenant, Optional<PolicyKey> after, int limit) {
        synchronized (agents) {
            return CompletableFuture.completedFuture(of(tenant).values().stream()
                    .filter(policy -> after.isEmpty() || policy.key().compareTo(after.get()) > 0)
                    .limit(limit)
                    .toList());
        }
    }

    @Override
    public CompletionStage<AcwPolicy> change(
            TenantId tenant, PolicyKey key, String actor, Function<Optional<AcwPolicy>, Optional<PolicyRules>> change) {
        synchronized (agents) {
            try {
                Optional<PolicyRules> rules =
                        change.apply(Optional.ofNullable(of(tenant).get(key)));
                return CompletableFuture.completedFuture(keep(tenant, key, rules));
            } catch (RuntimeException rolledBack) {
                return CompletableFuture.failedFuture(rolledBack);
            }
        }
    }

    private AcwPolicy keep(TenantId tenant, PolicyKey key, Optional<PolicyRules> rules) {
        InMemoryAgentStore.Tenant row = agents.tenant(tenant);
        row.policyRevision = ++row.revision;
        row.log.put(row.revision, new CommittedChange(row.revision, clock.instant(), Optional.empty()));
        AcwPolicy policy = new AcwPolicy(key, rules.orElse(PolicyRules.NONE), row.revision, clock.instant());
        if (rules.isPresent()) {
            of(tenant).put(key, policy);
        } else {
            of(tenant).remove(key);
        }
        return policy;
    }

    private NavigableMap<PolicyKey, AcwPolicy> of(TenantId tenant) {
        return policies.computeIfAbsent(tenant, any -> new TreeMap<>());
    }
}
