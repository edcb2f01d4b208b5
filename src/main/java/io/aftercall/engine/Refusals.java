package io.aftercall.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Writes calls that were not permitted into the audit trail: one transaction for each tenant at a time, with all that
 * have come meanwhile, so that somebody who tries again and again takes no more than that from the others.
 */
public final class Refusals {

    private final AuditTrail trail;
    private final Map<TenantId, Waiting> waiting = new HashMap<>();

    private static final class Waiting {
        private final List<AuditEvent> events = new ArrayList<>();
        private CompletableFuture<Void> written = new CompletableFuture<>();
    }

    public Refusals(AuditTrail trail) {
        this.trail = trail;
    }

    /** Completes when it is committed. */
    public CompletionStage<Void> add(TenantId tenant, AuditEvent refused) {
        CompletableFuture<Void> written;
        boolean idle;
        synchronized (this) {
            idle = !waiting.containsKey(tenant);
            Waiting next = waiting.computeIfAbsent(tenant, any -> new Waiting());
            next.events.add(refused);
            written = next.written;
        }
        if (idle) {
            write(tenant);
        }
        return written;
    }

    private void write(TenantId tenant) {
        List<AuditEvent> events;
        CompletableFuture<Void> written;
        synchronized (this) {
            Waiting next = waiting.get(tenant);
            if (next.events.isEmpty()) {
                waiting.remove(tenant);
                return;
            }
            events = List.copyOf(next.events);
            written = next.written;
            next.events.clear();
            next.written = new CompletableFuture<>();
        }
        trail.append(tenant, events).whenComplete((done, failure) -> {
            if (failure == null) {
                written.complete(null);
            } else {
                written.completeExceptionally(failure);
            }
            write(tenant);
        });
    }
}
