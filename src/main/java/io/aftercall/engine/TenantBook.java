package io.aftercall.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tenants in memory; as other replicas change them too, to be refreshed every second or so. */
public final class TenantBook {

    /** However many callers come who are of no tenant that is known. */
    private static final Duration AT_MOST_EVERY = Duration.ofMillis(200);

    private final TenantStore store;
    private final InstantSource clock;
    private final Consumer<Collection<Tenant>> listener;
    private volatile Map<TenantId, Tenant> tenants = Map.of();
    private volatile boolean read;
    private Instant lastAsked = Instant.MIN;
    private long readings;
    private long newestTaken;
    private CompletionStage<Void> asking = CompletableFuture.completedFuture(null);

    /**
     * @param listener told all tenants after each refresh, before anybody sees them here
     */
    public TenantBook(TenantStore store, InstantSource clock, Consumer<Collection<Tenant>> listener) {
        this.store = store;
        this.clock = clock;
        this.listener = listener;
    }

    /** Whether they have been read. */
    public boolean read() {
        return read;
    }

    public Optional<Tenant> find(TenantId id) {
        return Optional.ofNullable(tenants.get(id));
    }

    /** All tenants, without the installation itself. */
    public Collection<Tenant> all() {
        return tenants.values().stream()
                .filter(tenant -> !tenant.id().equals(TenantId.INSTALLATION))
                .toList();
    }

    /** Asks the database again. */
    public synchronized CompletionStage<Void> refresh() {
        lastAsked = clock.instant();
        long reading = ++readings;
        asking = store.all().thenAccept(all -> take(reading, all));
        return asking;
    }

    /** As {@link #refresh}, unless that was done just now. */
    public synchronized CompletionStage<Void> refreshUnlessJustNow() {
        return lastAsked.plus(AT_MOST_EVERY).isAfter(clock.instant()) ? asking : refresh();
    }

    /** An answer that was overtaken by that of a later reading says how it was before, and is dropped. */
    private synchronized void take(long reading, List<Tenant> all) {
        if (reading < newestTaken) {
            return;
        }
        newestTaken = reading;
        listener.accept(all.stream()
                .filter(tenant -> !tenant.id().equals(TenantId.INSTALLATION))
                .toList());
        tenants = all.stream().collect(Collectors.toMap(Tenant::id, Function.identity()));
        read = true;
    }
}
