package io.aftercall.boot;

import io.aftercall.agent.Occasion;
import io.aftercall.engine.AgentStore;
import io.aftercall.engine.ChangeHints;
import io.aftercall.engine.CommandLane;
import io.aftercall.engine.CustomerArchive;
import io.aftercall.engine.Quotas;
import io.aftercall.engine.StoreUnavailable;
import io.aftercall.engine.Tenant;
import io.aftercall.engine.TenantAdministration;
import io.aftercall.engine.TenantBook;
import io.aftercall.engine.TenantId;
import io.aftercall.engine.TenantStore;
import io.aftercall.expiry.OverdueSweep;
import io.aftercall.feed.ServedTenant;
import io.aftercall.telemetry.Standing;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything that runs for the tenants. Those of the installation all run on every replica: deadlines have no owner. */
@Singleton
public class Tenancy implements ServedTenant.Directory, Standing {

    private static final int FORGOTTEN_AT_ONCE = 200;

    private final RunningTenants factory;
    private final TenantStore store;
    private final ChangeHints hints;
    private final TenantBook book;
    private final OverdueSweep sweep;
    private final Quotas installation;
    private final Map<TenantId, RunningTenant> running = new ConcurrentHashMap<>();

    Tenancy(
            RunningTenants factory,
            TenantStore store,
            AgentStore agents,
            ChangeHints hints,
            InstantSource clock,
            AftercallConfig config) {
        AftercallConfig.Limits limits = config.limits();
        this.installation = Quotas.of(
                limits.agents(),
                limits.policies(),
                limits.callsPerSecond(),
                config.stream().maxPerTenant());
        this.factory = factory;
        this.store = store;
        this.hints = hints;
        this.book = new TenantBook(store, clock, this::run);
        this.sweep = new OverdueSweep(agents, this::lane);
    }

    @Produces
    @Singleton
    TenantAdministration administration() {
        return new TenantAdministration(store, book);
    }

    TenantBook book() {
        return book;
    }

    @Override
    public ServedTenant of(TenantId id) {
        RunningTenant found = running.get(id);
        if (found == null) {
            // It has been deleted since its caller was let in, or nothing has been read yet.
            throw new StoreUnavailable(new IllegalStateException("The tenant is not there"));
        }
        return found.served();
    }

    @Override
    public Quotas quotas(TenantId id) {
        return book.find(id).map(tenant -> tenant.quotas().or(installation)).orElse(installation);
    }

    private Optional<CommandLane> lane(TenantId id) {
        return Optional.ofNullable(running.get(id))
                .map(tenant -> tenant.served().lane());
    }

    /** Starts those that are new, and gives up those that are gone. */
    private void run(Collection<Tenant> tenants) {
        boolean awaited = !book.read();
        tenants.forEach(tenant -> running.computeIfAbsent(tenant.id(), id -> factory.start(id, awaited)));
        Set<TenantId> there = tenants.stream().map(Tenant::id).collect(Collectors.toSet());
        running.forEach((id, tenant) -> {
            if (!there.contains(id) && running.remove(id, tenant)) {
                tenant.abandon();
            }
        });
    }

    /** Goes on with what operators have begun to delete, here or on a replica that is no more. */
    CompletionStage<Void> finishDeletions() {
        return each(
                book.all().stream()
                        .filter(tenant -> tenant.status() == Tenant.Status.DELETING)
                        .map(Tenant::id)
                        .toList(),
                store::deleteSome);
    }

    /** Begins to hear of what other replicas commit. */
    void listen() {
        hints.listen(new ChangeHints.Listener() {
            @Override
            public void changed(TenantId changed, long revision) {
                Optional.ofNullable(running.get(changed))
                        .ifPresent(tenant -> tenant.served().feed().reach(revision));
            }

            @Override
            public void perhapsMissed() {
                running.values().forEach(tenant -> tenant.served().feed().catchUp());
            }
        });
    }

    /**
     * Brings the memory of those whose turn it is up to the database.
     *
     * @param done told of each turn whether the database was away: why, or null
     */
    void poll(Consumer<Throwable> done) {
        running.values().forEach(tenant -> tenant.pollIfDue(done));
    }

    @Override
    public Collection<ServedTenant> tenants() {
        return running.values().stream().map(RunningTenant::served).toList();
    }

    /** One that cannot be read is counted as such and is no measure for the others. */
    @Override
    public Duration feedLag() {
        return running.values().stream()
                .filter(tenant -> !tenant.broken())
                .map(RunningTenant::lag)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    @Override
    public long unreadable() {
        return running.values().stream().filter(RunningTenant::broken).count();
    }

    @Override
    public boolean ready() {
        return current();
    }

    /** Whether what is in memory is what the database has. */
    boolean current() {
        return book.read() && running.values().stream().allMatch(RunningTenant::current);
    }

    /** Takes on no more commands, and completes when those that were taken on are done. */
    CompletionStage<Void> close() {
        return CompletableFuture.allOf(running.values().stream()
                .map(tenant -> tenant.close().toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    CompletionStage<Void> refreshForecasts() {
        return each(running.values(), tenant -> tenant.served().forecast().refresh());
    }

    /** Of queues of which nobody has reported for so long. */
    CompletionStage<Void> releaseQueues(Duration silence) {
        return each(running.values(), tenant -> tenant.served().pressure().forget(silence, Occasion.SERVER));
    }

    /**
     * Forgets what agents have written longer ago than their tenants want it kept.
     *
     * @param installation where a tenant has no rule of its own
     */
    CompletionStage<Void> forgetWrapUps(CustomerArchive customers, Optional<Duration> installation) {
        return each(
                book.all().stream()
                        .filter(tenant ->
                                tenant.retention().or(() -> installation).isPresent())
                        .toList(),
                tenant -> forgetAll(
                        customers,
                        tenant.id(),
                        tenant.retention().or(() -> installation).orElseThrow()));
    }

    /** Portion by portion: commands of the tenant come in between. */
    private static CompletionStage<Void> forgetAll(CustomerArchive customers, TenantId tenant, Duration age) {
        return customers
                .forget(tenant, age, FORGOTTEN_AT_ONCE)
                .thenCompose(
                        more -> more ? forgetAll(customers, tenant, age) : CompletableFuture.completedFuture(null));
    }

    OverdueSweep sweep() {
        return sweep;
    }

    /** One after the other; all of them, also when it goes wrong for one. */
    private static <T> CompletionStage<Void> each(Collection<T> all, Function<T, ? extends CompletionStage<?>> work) {
        CompletionStage<Void> before = CompletableFuture.completedFuture(null);
        for (T one : all) {
            before = before.handle((done, failure) -> failure).thenCompose(failure -> work.apply(one)
                    .thenCompose(done -> failure == null
                            ? CompletableFuture.<Void>completedFuture(null)
                            : CompletableFuture.failedFuture(failure)));
        }
        return before;
    }
}
