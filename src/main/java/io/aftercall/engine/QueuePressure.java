package io.aftercall.engine;

import io.aftercall.engine.PolicyStore.Edition;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyContext;
import io.aftercall.policy.QueueLoad;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Knows from the reports of routers which queues of a tenant are under pressure. */
public final class QueuePressure {

    private final TenantId tenant;
    private final PolicyStore store;
    private final PolicyBook book;

    public QueuePressure(TenantId tenant, PolicyStore store, PolicyBook book) {
        this.tenant = tenant;
        this.store = store;
        this.book = book;
    }

    /**
     * A router reports the load of a queue.
     *
     * @return whether the queue is under pressure now
     */
    public CompletionStage<Boolean> report(String queueId, QueueLoad load, String actor) {
        return book.change(edition -> reported(edition, queueId, load, actor));
    }

    /** Queues of which nobody has reported for some time are under pressure no more. */
    public CompletionStage<Void> forget(Duration silence, String actor) {
        return store.silentQueues(tenant, silence).thenCompose(queues -> release(queues, silence, actor));
    }

    private CompletionStage<Void> release(List<String> queues, Duration silence, String actor) {
        CompletionStage<Void> each = CompletableFuture.completedFuture(null);
        for (String queue : queues) {
            each = each.thenCompose(done -> book.change(edition -> release(edition, queue, silence, actor)));
        }
        return each;
    }

    /** Unless somebody has reported of it meanwhile. */
    private CompletionStage<Void> release(Edition edition, String queueId, Duration silence, String actor) {
        return store.silentQueues(tenant, silence)
                .thenCompose(silent -> silent.contains(queueId)
                        ? reported(edition, queueId, QueueLoad.NONE, actor).thenApply(pressed -> null)
                        : CompletableFuture.completedFuture(null));
    }

    private CompletionStage<Boolean> reported(Edition edition, String queueId, QueueLoad load, String actor) {
        PolicyCascade policies = edition.policies();
        boolean before = policies.underPressure(queueId);
        boolean pressed = load.presses(policies.effective(new PolicyContext(null, null, queueId, null, null)), before);
        CompletionStage<Void> kept = pressed == before
                ? store.report(tenant, queueId, load)
                : store.commitPressure(tenant, edition, queueId, load, pressed, actor);
        return kept.thenApply(done -> pressed);
    }
}
