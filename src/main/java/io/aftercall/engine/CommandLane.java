package io.aftercall.engine;

import io.aftercall.engine.WaitingCommands.Waiting;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way that every command of a tenant goes on this replica: group commit. Commands that come while a transaction is
 * under way wait and go together in the next; an idle lane sends at once. The next is handed to the store when the one
 * before it has been written: late enough to take along all who came until then, and early enough for the database to
 * have it when that commits. A caller is told after the commit.
 */
public final class CommandLane {

    private static final System.Logger LOG = System.getLogger(CommandLane.class.getName());

    /** Policies, or histories, that change more often than this during one batch are a fault. */
    private static final int REFRESHES = 10;

    private final TenantId tenant;
    private final AgentStore store;
    private final PolicyBook policies;
    private final AgentMemory memory;
    private final CommitListener listener;
    private final Executor executor;
    private final Limits limits;

    private final WaitingCommands waiting;
    /** Whether somebody is about to take from those that wait. */
    private final AtomicBoolean taking = new AtomicBoolean();

    private final AtomicInteger underWay = new AtomicInteger();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile boolean closed;

    /**
     * How much a lane takes on.
     *
     * @param waiting commands that may wait, 1 or more; beyond, {@link LaneFull}
     * @param batch commands that go into one transaction, 1 or more
     */
    public record Limits(int waiting, int batch) {}

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
        this.waiting = new WaitingCommands(limits.waiting());
    }

    /**
     * Sends a command on its way.
     *
     * @return after the commit; fails with {@link LaneFull}, {@link ShuttingDown}, {@link CallerGone} or
     *     {@link StoreUnavailable}
     */
    public CompletionStage<Reply> submit(Submission submission) {
        if (closed) {
            return CompletableFuture.failedFuture(new ShuttingDown());
        }
        CompletionStage<Reply> reply = waiting.add(submission);
        wake();
        return reply;
    }

    /** How many commands wait for a transaction to take them. */
    public int depth() {
        return waiting.size();
    }

    /** How many may wait. */
    public int capacity() {
        return limits.waiting();
    }

    /** Takes on no more commands, and completes when those that were taken on are done. */
    public CompletionStage<Void> close() {
        closed = true;
        wake();
        return drained;
    }

    private void wake() {
        if (taking.compareAndSet(false, true)) {
            executor.execute(this::next);
        }
    }

    private void next() {
        List<Waiting> taken = waiting.take(limits.batch());
        if (!taken.isEmpty()) {
            run(taken);
            return;
        }
        taking.set(false);
        // One that came between the look and the line above would otherwise wait for the next.
        if (!waiting.isEmpty()) {
            wake();
        } else if (closed && underWay.get() == 0) {
            drained.complete(null);
        }
    }

    private void run(List<Waiting> taken) {
        underWay.incrementAndGet();
        AtomicBoolean turnOver = new AtomicBoolean();
        Runnable passTurn = () -> {
            if (turnOver.compareAndSet(false, true)) {
                executor.execute(this::next);
            }
        };
        attempt(taken, 0, passTurn)
                .whenCompleteAsync(
                        (done, failure) -> {
                            // Whatever went wrong, nobody waits for ever and the lane goes on.
                            if (failure != null) {
                                refuse(taken, unwrapped(failure));
                            }
                            underWay.decrementAndGet();
                            passTurn.run();
                            if (closed) {
                                wake();
                            }
                        },
                        executor);
    }

    /**
     * @param refreshed how often policies, or agents, were read again for this batch
     * @param whenWritten run when little but the commit is left
     */
    private CompletionStage<Void> attempt(List<Waiting> taken, int refreshed, Runnable whenWritten) {
        Batch batch = new Batch(taken.stream().map(Waiting::submission).toList(), policies.edition());
        return transact(batch, whenWritten)
                .handle((committed, failure) -> failure == null
                        ? succeeded(taken, batch, committed)
                        : failed(taken, unwrapped(failure), refreshed, whenWritten))
                .thenCompose(next -> next);
    }

    private CompletionStage<AgentStore.Committed> transact(Batch batch, Runnable whenWritten) {
        try {
            return store.transact(tenant, batch.needs(memory), new AgentStore.Work() {
                @Override
                public AgentStore.Writes decide(AgentStore.Loaded loaded) {
                    return batch.decide(loaded);
                }

                @Override
                public void written() {
                    whenWritten.run();
                }

                @Override
                public int commands() {
                    return batch.size();
                }
            });
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

    private CompletionStage<Void> failed(List<Waiting> taken, Throwable failure, int refreshed, Runnable whenWritten) {
        if ((failure instanceof StalePolicies || failure instanceof OtherHistory) && refreshed < REFRESHES) {
            return (failure instanceof StalePolicies ? policies.refresh() : memory.renew())
                    .handle((fresh, problem) -> problem == null
                            ? attempt(taken, refreshed + 1, whenWritten)
                            : refuse(taken, unwrapped(problem)))
                    .thenCompose(next -> next);
        }
        if (failure instanceof StoreUnavailable || taken.size() == 1) {
            return refuse(taken, failure);
        }
        // One command may have poisoned the others: each goes alone.
        CompletionStage<Void> each = CompletableFuture.completedFuture(null);
        for (Waiting one : taken) {
            each = each.thenCompose(done -> attempt(List.of(one), 0, whenWritten));
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
