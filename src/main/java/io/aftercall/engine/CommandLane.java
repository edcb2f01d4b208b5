package io.aftercall.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way that every command of a tenant goes on this replica: group commit. Commands that come while a transaction is
 * under way wait and go together in the next; an idle lane sends at once. A caller is told after the commit.
 */
public final class CommandLane {

    private static final System.Logger LOG = System.getLogger(CommandLane.class.getName());

    /** Policies that change faster than this many times during one batch are a fault. */
    private static final int REFRESHES = 10;

    private final TenantId tenant;
    private final AgentStore store;
    private final PolicyBook policies;
    private final AgentMemory memory;
    private final CommitListener listener;
    private final Executor executor;
    private final Limits limits;

    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile boolean closed;

    /**
     * How much a lane takes on.
     *
     * @param waiting commands that may wait, 1 or more; beyond, {@link LaneFull}
     * @param batch commands that go into one transaction, 1 or more
     */
    public record Limits(int waiting, int batch) {}

    private record Waiting(Submission submission, CompletableFuture<Reply> reply) {}

    /**
     * @param executor runs what the lane does, one task at a time
     */
    public CommandLane(
            TenantId tenant,
            AgentStore store,
            PolicyBook policies,
            AgentMemory memory,
            CommitListener listener,
            Executor executor,
            Limits limits) {
        this.tenant = tenant;
        this.store = store;
        this.policies = policies;
        this.memory = memory;
        this.listener = listener;
        this.executor = executor;
        this.limits = limits;
    }

    /**
     * Sends a command on its way.
     *
     * @return after the commit; fails with {@link LaneFull}, {@link ShuttingDown}, {@link CallerGone} or
     *     {@link StoreUnavailable}
     */
    public CompletionStage<Reply> submit(Submission submission) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        if (closed) {
            reply.completeExceptionally(new ShuttingDown());
            return reply;
        }
        if (size.incrementAndGet() > limits.waiting()) {
            size.decrementAndGet();
            reply.completeExceptionally(new LaneFull());
            return reply;
        }
        waiting.add(new Waiting(submission, reply));
        wake();
        return reply;
    }

    /** Takes on no more commands, and completes when those that were taken on are done. */
    public CompletionStage<Void> close() {
        closed = true;
        wake();
        return drained;
    }

    private void wake() {
        if (busy.compareAndSet(false, true)) {
            executor.execute(this::next);
        }
    }

    private void next() {
        List<Waiting> taken = take();
        if (!taken.isEmpty()) {
            run(taken);
            return;
        }
        if (closed) {
            drained.complete(null);
        }
        busy.set(false);
        // One that came between the look and the line above would otherwise wait for the next.
        if (!waiting.isEmpty()) {
            wake();
        }
    }

    private List<Waiting> take() {
        List<Waiting> taken = new ArrayList<>();
        while (taken.size() < limits.batch()) {
            Waiting head = waiting.poll();
            if (head == null) {
                break;
            }
            size.decrementAndGet();
            if (stillWanted(head)) {
                taken.add(head);
            }
        }
        return taken;
    }

    private static boolean stillWanted(Waiting head) {
        try {
            if (!head.submission().abandoned().getAsBoolean()) {
                return true;
            }
            head.reply().completeExceptionally(new CallerGone());
        } catch (RuntimeException failure) {
            head.reply().completeExceptionally(failure);
        }
        return false;
    }

    private void run(List<Waiting> taken) {
        attempt(taken, 0)
                .whenCompleteAsync(
                        (done, failure) -> {
                            // Whatever went wrong, nobody waits for ever and the lane goes on.
                            if (failure != null) {
                                refuse(taken, unwrapped(failure));
                            }
                            next();
                        },
                        executor);
    }

    /**
     * @param refreshed how often policies were read again for this batch
     */
    private CompletionStage<Void> attempt(List<Waiting> taken, int refreshed) {
        Batch batch = new Batch(taken.stream().map(Waiting::submission).toList(), policies.cascade());
        return transact(batch)
                .handle((committed, failure) -> failure == null
                        ? succeeded(taken, batch, committed)
                        : failed(taken, unwrapped(failure), refreshed))
                .thenCompose(next -> next);
    }

    private CompletionStage<AgentStore.Committed> transact(Batch batch) {
        try {
            return store.transact(tenant, batch.needs(memory), batch::decide);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private CompletionStage<Void> succeeded(List<Waiting> taken, Batch batch, AgentStore.Committed committed) {
        try {
            if (!committed.changes().isEmpty()) {
                listener.committed(committed.changes());
            }
        } catch (RuntimeException failure) {
            // It is committed all the same, and that is what callers are told.
            LOG.log(System.Logger.Level.ERROR, "What was committed could not be announced", failure);
        }
        List<Reply> replies = batch.replies(committed);
        for (int i = 0; i < taken.size(); i++) {
            taken.get(i).reply().complete(replies.get(i));
        }
        return CompletableFuture.completedFuture(null);
    }

    private CompletionStage<Void> failed(List<Waiting> taken, Throwable failure, int refreshed) {
        if (failure instanceof StalePolicies && refreshed < REFRESHES) {
            return policies.refresh()
                    .handle((fresh, problem) ->
                            problem == null ? attempt(taken, refreshed + 1) : refuse(taken, unwrapped(problem)))
                    .thenCompose(next -> next);
        }
        if (failure instanceof StoreUnavailable || taken.size() == 1) {
            return refuse(taken, failure);
        }
        // One command may have poisoned the others: each goes alone.
        CompletionStage<Void> each = CompletableFuture.completedFuture(null);
        for (Waiting one : taken) {
            each = each.thenCompose(done -> attempt(List.of(one), 0));
        }
        return each;
    }

    private static CompletionStage<Void> refuse(List<Waiting> taken, Throwable failure) {
        taken.forEach(one -> one.reply().completeExceptionally(failure));
        return CompletableFuture.completedFuture(null);
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
