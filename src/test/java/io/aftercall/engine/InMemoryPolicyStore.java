package io.aftercall.engine;

import io.aftercall.disposition.Disposition;
import io.aftercall.disposition.DispositionCatalogue;
import io.aftercall.disposition.DispositionChange;
import io.aftercall.form.JsonForms;
import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyChange;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRevision;
import io.aftercall.policy.PolicyRules;
import io.aftercall.policy.PressureChange;
import io.aftercall.policy.QueueLoad;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The port in memory; tenants and their revisions are those of an {@link InMemoryAgentStore}. */
public final class InMemoryPolicyStore implements PolicyStore {

    private final InMemoryAgentStore agents;
    private final InstantSource clock;
    private final Map<TenantId, NavigableMap<Long, PolicyRevision>> histories = new HashMap<>();
    private final Map<UUID, Recorded> recorded = new HashMap<>();
    private final Map<TenantId, Map<String, Disposition>> dispositions = new HashMap<>();
    private final Map<TenantId, Long> dispositionRevisions = new HashMap<>();
    private final Map<TenantId, Map<String, Reported>> loads = new HashMap<>();

    /** When a queue was last reported, and its last coming or going of pressure. */
    private record Reported(Instant time, PressureChange last) {}

    public InMemoryPolicyStore(InMemoryAgentStore agents, InstantSource clock) {
        this.agents = agents;
        this.clock = clock;
    }

    /** Sets or, with {@link PolicyRules#NONE}, removes a policy as it is. */
    public PolicyRevision set(TenantId tenant, PolicyKey key, PolicyRules rules) {
        synchronized (agents) {
            PolicyCascade policies = edition(tenant).policies();
            PolicyRules before = policies.policy(key).map(AcwPolicy::rules).orElse(PolicyRules.NONE);
            return make(tenant, PolicyChange.of(key, before, rules), Actor.named("supervisor"), Optional.empty());
        }
    }

    @Override
    public CompletionStage<Edition> load(TenantId tenant) {
        synchronized (agents) {
            return CompletableFuture.completedFuture(edition(tenant));
        }
    }

    private Edition edition(TenantId tenant) {
        Map<PolicyKey, AcwPolicy> stored = new HashMap<>();
        of(tenant).values().forEach(made -> {
            PolicyChange change = made.change();
            stored.put(change.key(), new AcwPolicy(change.key(), change.after(), made.revision(), made.time()));
        });
        List<PolicyRevision> resets = of(tenant).values().stream()
                .filter(made -> made.change().reachesOthers())
                .toList();
        InMemoryAgentStore.Tenant row = agents.tenant(tenant);
        return new Edition(
                row.epoch,
                new PolicyCascade(stored.values(), resets, pressed(tenant), row.policyRevision),
                catalogue(tenant));
    }

    private DispositionCatalogue catalogue(TenantId tenant) {
        return DispositionCatalogue.of(dispositions(tenant).values(), JsonForms::of);
    }

    private Map<String, Disposition> dispositions(TenantId tenant) {
        return dispositions.computeIfAbsent(tenant, any -> new HashMap<>());
    }

    @Override
    public CompletionStage<Long> commit(TenantId tenant, Edition edition, DispositionChange change, Actor actor) {
        synchronized (agents) {
            InMemoryAgentStore.Tenant row = agents.tenant(tenant);
            if (row.policyRevision != edition.policies().revision() || !row.epoch.equals(edition.epoch())) {
                return CompletableFuture.failedFuture(new StalePolicies());
            }
            row.policyRevision = ++row.revision;
            row.log.put(row.revision, new CommittedChange(row.revision, clock.instant(), Optional.empty()));
            dispositions(tenant).keySet().removeAll(change.removed());
            change.put().forEach(put -> dispositions(tenant).put(put.code(), put.at(row.revision, clock.instant())));
            dispositionRevisions.put(tenant, row.revision);
            return CompletableFuture.completedFuture(row.revision);
        }
    }

    @Override
    public CompletionStage<Changes> changesAfter(TenantId tenant, long revision) {
        synchronized (agents) {
            InMemoryAgentStore.Tenant row = agents.tenant(tenant);
            List<PolicyRevision> later =
                    List.copyOf(of(tenant).tailMap(revision, false).values());
            List<PressureChange> pressures = loads(tenant).values().stream()
                    .map(Reported::last)
                    .filter(last -> last.revision() > revision)
                    .toList();
            long changed = dispositionRevisions.getOrDefault(tenant, 0L);
            return CompletableFuture.completedFuture(new Changes(
                    row.epoch,
                    row.policyRevision,
                    later,
                    pressures,
                    changed > revision ? Optional.of(catalogue(tenant)) : Optional.empty(),
                    changed));
        }
    }

    @Override
    public CompletionStage<PolicyRevision> commit(
            TenantId tenant, Edition edition, PolicyChange change, Actor actor, Optional<RequestKey> request) {
        synchronized (agents) {
            InMemoryAgentStore.Tenant row = agents.tenant(tenant);
            boolean fresh = row.policyRevision == edition.policies().revision() && row.epoch.equals(edition.epoch());
            return fresh
                    ? CompletableFuture.completedFuture(make(tenant, change, actor, request))
                    : CompletableFuture.failedFuture(new StalePolicies());
        }
    }

    private PolicyRevision make(TenantId tenant, PolicyChange change, Actor actor, Optional<RequestKey> request) {
        InMemoryAgentStore.Tenant row = agents.tenant(tenant);
        row.policyRevision = ++row.revision;
        row.log.put(row.revision, new CommittedChange(row.revision, clock.instant(), Optional.empty()));
        PolicyRevision made = new PolicyRevision(row.revision, clock.instant(), actor.name(), change, false);
        of(tenant).put(row.revision, made);
        change.takenBack().forEach(revision -> of(tenant)
                .computeIfPresent(
                        revision,
                        (any, reset) -> new PolicyRevision(
                                reset.revision(), reset.time(), reset.actor(), reset.change(), true)));
        request.ifPresent(key -> recorded.put(key.requestId(), new Recorded(key, made)));
        return made;
    }

    @Override
    public CompletionStage<Void> report(TenantId tenant, String queueId, QueueLoad load) {
        synchronized (agents) {
            PressureChange last = loads(tenant)
                    .getOrDefault(queueId, new Reported(null, new PressureChange(queueId, false, 0)))
                    .last();
            loads(tenant).put(queueId, new Reported(clock.instant(), last));
            return CompletableFuture.completedFuture(null);
        }
    }

    @Override
    public CompletionStage<Void> commitPressure(
            TenantId tenant, Edition edition, String queueId, QueueLoad load, boolean pressed, String actor) {
        synchronized (agents) {
            InMemoryAgentStore.Tenant row = agents.tenant(tenant);
            if (row.policyRevision != edition.policies().revision() || !row.epoch.equals(edition.epoch())) {
                return CompletableFuture.failedFuture(new StalePolicies());
            }
            row.policyRevision = ++row.revision;
            row.log.put(row.revision, new CommittedChange(row.revision, clock.instant(), Optional.empty()));
            loads(tenant)
                    .put(queueId, new Reported(clock.instant(), new PressureChange(queueId, pressed, row.revision)));
            return CompletableFuture.completedFuture(null);
        }
    }

    @Override
    public CompletionStage<List<String>> silentQueues(TenantId tenant, Duration silence) {
        synchronized (agents) {
            return CompletableFuture.completedFuture(loads(tenant).values().stream()
                    .filter(reported -> reported.last().pressed())
                    .filter(reported -> reported.time().isBefore(clock.instant().minus(silence)))
                    .map(reported -> reported.last().queueId())
                    .toList());
        }
    }

    private Map<String, Reported> loads(TenantId tenant) {
        return loads.computeIfAbsent(tenant, any -> new HashMap<>());
    }

    private Set<String> pressed(TenantId tenant) {
        return loads(tenant).values().stream()
                .map(Reported::last)
                .filter(PressureChange::pressed)
                .map(PressureChange::queueId)
                .collect(Collectors.toSet());
    }

    @Override
    public CompletionStage<Optional<Recorded>> recorded(TenantId tenant, UUID requestId) {
        synchronized (agents) {
            return CompletableFuture.completedFuture(Optional.ofNullable(recorded.get(requestId)));
        }
    }

    @Override
    public CompletionStage<List<PolicyRevision>> history(TenantId tenant, long before, int limit) {
        synchronized (agents) {
            List<PolicyRevision> latestFirst =
                    new ArrayList<>(of(tenant).headMap(before, false).values());
            Collections.reverse(latestFirst);
            return CompletableFuture.completedFuture(
                    latestFirst.stream().limit(limit).toList());
        }
    }

    @Override
    public CompletionStage<List<PolicyRevision>> historyOf(TenantId tenant, PolicyKey key) {
        synchronized (agents) {
            return CompletableFuture.completedFuture(of(tenant).values().stream()
                    .filter(made ->
                            made.change().key().equals(key) || made.change().reachesOthers())
                    .toList());
        }
    }

    private NavigableMap<Long, PolicyRevision> of(TenantId tenant) {
        return histories.computeIfAbsent(tenant, any -> new TreeMap<>());
    }
}
