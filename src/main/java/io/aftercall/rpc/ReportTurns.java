package io.aftercall.rpc;

import io.aftercall.engine.CallerGone;
import io.aftercall.engine.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Lets a few reports be made at once, so that commands and timers always have connections to the database, and what is
 * in memory stays little. The others wait for a while, in the order in which they came but for those of tenants who have
 * their share already. Any thread.
 */
public final class ReportTurns {

    private final Limits limits;
    private final Later later;
    private final Set<Waiting> waiting = new LinkedHashSet<>();
    private final Map<TenantId, Integer> ofTenant = new HashMap<>();
    private int all;

    /**
     * How many there may be.
     *
     * @param perReplica at once; each holds a connection to the database while it is made
     * @param perTenant of these of one tenant
     * @param patience how long others wait
     */
    public record Limits(int perReplica, int perTenant, Duration patience) {
        public Limits {
            if (perReplica < 1 || perTenant < 1) {
                throw new IllegalArgumentException(
                        "aftercall.report.max-per-replica and aftercall.report.max-per-tenant must be 1 or more");
            }
        }
    }

    /** Does something after a while. */
    @FunctionalInterface
    public interface Later {
        void run(Duration after, Runnable work);
    }

    /** There was no turn in time. */
    static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Busy() {
            super("Too many reports are being made", null, false, false);
        }
    }

    private record Waiting(TenantId tenant, CompletableFuture<Runnable> turn) {}

    public ReportTurns(Limits limits, Later later) {
        this.limits = limits;
        this.later = later;
    }

    /**
     * Works when it is its turn.
     *
     * @param abandoned whether nobody waits for it any more
     * @return fails with {@link Busy} if there is no turn in time, or {@link CallerGone} if nobody waits for it then
     */
    <T> CompletionStage<T> during(TenantId tenant, BooleanSupplier abandoned, Supplier<CompletionStage<T>> work) {
        return take(tenant, abandoned).thenCompose(leave -> started(work).whenComplete((done, failure) -> leave.run()));
    }

    private static <T> CompletionStage<T> started(Supplier<CompletionStage<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /**
     * Waits for a turn, and keeps it.
     *
     * @return ends the turn, once however often it is run; fails as {@link #during} does
     */
    CompletionStage<Runnable> take(TenantId tenant, BooleanSupplier abandoned) {
        Waiting comes = new Waiting(tenant, new CompletableFuture<>());
        synchronized (this) {
            waiting.add(comes);
        }
        admit();
        if (!comes.turn().isDone()) {
            later.run(limits.patience(), () -> giveUp(comes));
        }
        return comes.turn().thenCompose(leave -> {
            if (abandoned.getAsBoolean()) {
                leave.run();
                return CompletableFuture.failedFuture(new CallerGone());
            }
            return CompletableFuture.completedFuture(leave);
        });
    }

    private void giveUp(Waiting impatient) {
        boolean waited;
        synchronized (this) {
            waited = waiting.remove(impatient);
        }
        if (waited) {
            impatient.turn().completeExceptionally(new Busy());
        }
    }

    private void admit() {
        // Beside the lock: whose turn it is may be through with it at once.
        admitted().forEach(next -> next.turn().complete(leave(next.tenant())));
    }

    private synchronized List<Waiting> admitted() {
        List<Waiting> admitted = new ArrayList<>();
        for (Iterator<Waiting> queue = waiting.iterator(); queue.hasNext() && all < limits.perReplica(); ) {
            Waiting next = queue.next();
            if (ofTenant.getOrDefault(next.tenant(), 0) < limits.perTenant()) {
                queue.remove();
                ofTenant.merge(next.tenant(), 1, Integer::sum);
                all++;
                admitted.add(next);
            }
        }
        return admitted;
    }

    private Runnable leave(TenantId tenant) {
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (left.compareAndSet(false, true)) {
                synchronized (this) {
                    all--;
                    ofTenant.computeIfPresent(tenant, (id, count) -> count == 1 ? null : count - 1);
                }
                admit();
            }
        };
    }
}
