package io.aftercall.engine;

import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyContext;
import io.aftercall.policy.QueueLoad;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Knows from the reports of routers which queues of a tenant are under pressure. */
public final class QueuePressure {

    /** Other replicas may have been faster as often as this. */
    private static final int ATTEMPTS = 30;

    private final TenantId tenant;
    private final PolicyStore store;
    private final PolicyBook book;

    public QueuePressure(TenantId tenant, PolicyStore store, PolicyBook book) {
        this.tenant = tenant;
        this.store = store;
        this.book = book;
    }

    /**
     * What a report led to.
     *
     * @param pressed whether the queue is under pressure
     * @param changed whether it was not so before
     * @param revision the tenant's revision that the policies and pressures are at
     */
    public record State(boolean pressed, boolean changed, long revision) {}

    /** A router reports the load of a queue. */
    public CompletionStage<State> report(String queueId, QueueLoad load, String actor) {
        return book.turns().next(() -> attempt(queueId, load, actor, 1));
    }

    /** Queues of which nobody has reported for some time are under pressure no more. */
    public CompletionStage<Void> forget(Duration silence, String actor) {
        return store.silentQueues(tenant, silence).thenCompose(queues -> release(queues, actor));
    }

    private CompletionStage<Void> release(List<String> queues, String actor) {
        CompletionStage<Void> each = CompletableFuture.completedFuture(null);
        for (String queue : queues) {
            each = each.thenCompose(done -> report(queue, QueueLoad.NONE, actor))
                    .thenApply(state -> null);
        }
        return each;
    }

    private CompletionStage<State> attempt(String queueId, QueueLoad load, String actor, int attempt) {
        return book.refresh()
                .thenCompose(policies -> reported(policies, queueId, load, actor))
                .handle((state, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(state);
                    }
                    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure;
                    return cause instanceof StalePolicies && attempt < ATTEMPTS
                            ? attempt(queueId, load, actor, attempt + 1)
                            : CompletableFuture.<State>failedFuture(cause);
                })
                .thenCompose(Function.identity());
    }

    private CompletionStage<State> reported(PolicyCascade policies, String queueId, QueueLoad load, String actor) {
        boolean before = policies.underPressure(queueId);
        boolean pressed = load.presses(policies.effective(new PolicyContext(null, null, queueId, null, null)), before);
        if (pressed == before) {
            return store.report(tenant, queueId, load)
                    .thenApply(done -> new State(pressed, false, policies.revision()));
        }
        return store.commitPressure(tenant, book.edition(), queueId, load, pressed, actor)
                .thenCompose(done -> book.refresh())
                .thenApply(fresh -> new State(pressed, true, fresh.revision()));
    }
}
