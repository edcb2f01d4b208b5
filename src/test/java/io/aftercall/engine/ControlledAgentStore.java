package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A store whose calls and answers a test can hold back, count and let fail. */
public final class ControlledAgentStore implements AgentStore {

    /** What is held back. */
    private enum Holding {
        NOTHING,
        CALLS,
        ANSWERS
    }

    private record Held(Runnable pass, Consumer<Throwable> fail) {}

    private final AgentStore inner;
    private final Deque<Held> held = new ConcurrentLinkedDeque<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<Needs> transactions = new CopyOnWriteArrayList<>();
    private volatile Holding holding = Holding.NOTHING;
    private volatile Throwable failure;
    private volatile AgentId poison;
    private volatile Runnable whenRead = () -> {};
    private volatile boolean holdingWritten;
    private final Deque<Runnable> written = new ConcurrentLinkedDeque<>();

    public ControlledAgentStore(AgentStore inner) {
        this.inner = inner;
    }

    /** From now on nothing that is asked reaches the store. */
    public void holdCalls() {
        holding = Holding.CALLS;
    }

    /** From now on what is asked is done at once, but the answer stays on the wire. */
    public void holdAnswers() {
        holding = Holding.ANSWERS;
    }

    /** From now on nobody learns that what he decided is written, until {@link #tellWritten}. */
    public void holdWritten() {
        holdingWritten = true;
    }

    /** Tells what was held back, now and from now on. */
    public void tellWritten() {
        holdingWritten = false;
        while (!written.isEmpty()) {
            written.remove().run();
        }
    }

    /** Lets everything go, now and from now on. */
    public void release() {
        holding = Holding.NOTHING;
        while (!held.isEmpty()) {
            releaseOne();
        }
    }

    /** Lets go what was held first, and goes on holding. */
    public void releaseOne() {
        held.remove().pass().run();
    }

    /** Lets go what was held last, and goes on holding: it overtakes. */
    public void releaseLast() {
        held.removeLast().pass().run();
    }

    /** Lets what was held first fail, and goes on holding. */
    public void failOne(Throwable with) {
        held.remove().fail().accept(with);
    }

    public int held() {
        return held.size();
    }

    /** From now on everything fails; null for no longer. */
    public void failWith(Throwable with) {
        failure = with;
    }

    /** Every transaction with this agent fails. */
    public void poison(AgentId agent) {
        poison = agent;
    }

    /** Is run whenever somebody goes through the agents of a snapshot. */
    public void onSnapshot(Runnable look) {
        whenRead = look;
    }

    /** How often a method was called. */
    public long calls(String method) {
        return calls.stream().filter(method::equals).count();
    }

    public List<Needs> transactions() {
        return transactions;
    }

    @Override
    public CompletionStage<Committed> transact(TenantId tenant, Needs needs, Work work) {
        transactions.add(needs);
        return through(
                "transact",
                () -> poison != null && needs.agents().contains(poison)
                        ? CompletableFuture.failedFuture(new IllegalStateException("Poisoned"))
                        : inner.transact(tenant, needs, told(work)));
    }

    private Work told(Work work) {
        return new Work() {
            @Override
            public Writes decide(Loaded loaded) {
                return work.decide(loaded);
            }

            @Override
            public void written() {
                if (holdingWritten) {
                    written.add(work::written);
                } else {
                    work.written();
                }
            }
        };
    }

    @Override
    public CompletionStage<Snapshot> snapshot(TenantId tenant) {
        return through("snapshot", () -> inner.snapshot(tenant).thenApply(this::watched));
    }

    @Override
    public CompletionStage<List<CommittedChange>> changesAfter(
            TenantId tenant, long revision, Instant since, int limit) {
        return through("changesAfter", () -> inner.changesAfter(tenant, revision, since, limit));
    }

    @Override
    public CompletionStage<Head> head(TenantId tenant) {
        return through("head", () -> inner.head(tenant));
    }

    @Override
    public CompletionStage<Void> renewEpoch(TenantId tenant, String lost) {
        return through("renewEpoch", () -> inner.renewEpoch(tenant, lost));
    }

    @Override
    public CompletionStage<Map<TenantId, Head>> heads() {
        return through("heads", inner::heads);
    }

    @Override
    public CompletionStage<Map<TenantId, List<AgentId>>> overdue(Duration since, int limit) {
        return through("overdue", () -> inner.overdue(since, limit));
    }

    @Override
    public CompletionStage<Void> forgetReplies(Duration age) {
        return through("forgetReplies", () -> inner.forgetReplies(age));
    }

    @Override
    public CompletionStage<Void> forgetChanges(Duration age) {
        return through("forgetChanges", () -> inner.forgetChanges(age));
    }

    private Snapshot watched(Snapshot snapshot) {
        Collection<StoredAgent> agents = new AbstractCollection<>() {
            @Override
            public Iterator<StoredAgent> iterator() {
                whenRead.run();
                return snapshot.agents().iterator();
            }

            @Override
            public int size() {
                return snapshot.agents().size();
            }
        };
        return new Snapshot(snapshot.revision(), snapshot.epoch(), agents);
    }

    private <T> CompletionStage<T> through(String method, Supplier<CompletionStage<T>> work) {
        calls.add(method);
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        if (holding == Holding.NOTHING) {
            return work.get();
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        Supplier<CompletionStage<T>> rest = work;
        if (holding == Holding.ANSWERS) {
            CompletionStage<T> done = work.get();
            rest = () -> done;
        }
        Supplier<CompletionStage<T>> result = rest;
        held.add(new Held(
                () -> result.get().whenComplete((value, problem) -> {
                    if (problem == null) {
                        answer.complete(value);
                    } else {
                        answer.completeExceptionally(problem);
                    }
                }),
                answer::completeExceptionally));
        return answer;
    }
}
