package io.aftercall.simulation;

import io.aftercall.engine.AgentStore.Committed;
import io.aftercall.engine.AgentStore.Loaded;
import io.aftercall.engine.AgentStore.Needs;
import io.aftercall.engine.AgentStore.Writes;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.InMemoryAgentStore;
import io.aftercall.engine.InMemoryPolicyStore;
import io.aftercall.engine.KnownAgents;
import io.aftercall.engine.TenantId;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * The one database. Who writes holds the tenant's lock, which is given in the order in which it was asked for; a
 * transaction takes effect as a whole in one step, or not at all. Never faulty itself: only the ways to it are.
 */
final class Database {

    static final TenantId TENANT = TenantId.DEFAULT;

    /** A transaction whose replica says nothing for so long is rolled back. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private static final Needs NOTHING = new Needs(Set.of(), KnownAgents.NONE, Set.of(), Set.of());

    private final World world;
    private final Ledger ledger;
    private final Queue<Session> waiting = new ArrayDeque<>();
    private final Map<UUID, Instant> beats = new HashMap<>();
    private Session alone;
    private Instant transactionTime;
    private long published;

    final InMemoryAgentStore agents = new InMemoryAgentStore(this::time);
    final InMemoryPolicyStore policies = new InMemoryPolicyStore(agents, this::time);

    /** A transaction's hold on the lock, or its place among those who wait for it. */
    static final class Session {
        private final Runnable whenAlone;
        private Instant since;
        private boolean over;

        private Session(Runnable whenAlone) {
            this.whenAlone = whenAlone;
        }

        /** Since when it has been alone. */
        Instant since() {
            return since;
        }
    }

    Database(World world, Ledger ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    private Instant time() {
        return transactionTime != null ? transactionTime : world.now();
    }

    /** Asks for the lock. */
    Session begin(Runnable whenAlone) {
        Session session = new Session(whenAlone);
        waiting.add(session);
        passLock();
        return session;
    }

    /** Rolls back, unless it has ended before. */
    void end(Session session) {
        session.over = true;
        waiting.remove(session);
        if (alone == session) {
            alone = null;
            passLock();
        }
    }

    private void passLock() {
        if (alone == null && !waiting.isEmpty()) {
            Session next = waiting.remove();
            alone = next;
            next.since = world.now();
            if (!world.has(Defect.LETS_THE_SILENT_HOLD_THE_LOCK)) {
                world.after(SILENCE, () -> end(next));
            }
            next.whenAlone.run();
        }
    }

    Loaded load(Needs needs) {
        List<Loaded> loaded = new ArrayList<>();
        done(agents.transact(TENANT, needs, read -> {
            loaded.add(read);
            return new Writes(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
        }));
        return loaded.get(0);
    }

    /** Empty if the transaction had been rolled back. */
    Optional<Committed> commit(Session session, Writes writes) {
        if (session.over) {
            return Optional.empty();
        }
        transactionTime = session.since;
        Committed committed = done(agents.transact(TENANT, NOTHING, any -> writes));
        transactionTime = null;
        publish();
        end(session);
        return Optional.of(new Committed(session.since, told(committed.changes())));
    }

    void changePolicy(PolicyKey key, PolicyRules rules) {
        List<Session> own = new ArrayList<>();
        own.add(begin(() -> world.after(world.upTo(3), () -> {
            policies.set(TENANT, key, rules);
            publish();
            end(own.get(0));
        })));
    }

    private void publish() {
        List<CommittedChange> fresh = done(agents.changesAfter(TENANT, published, Instant.EPOCH, Integer.MAX_VALUE));
        published += fresh.size();
        ledger.committed(told(fresh));
    }

    List<CommittedChange> told(List<CommittedChange> changes) {
        return world.has(Defect.SKIPS_NUMBERS)
                ? changes.stream().filter(change -> change.change().isPresent()).toList()
                : changes;
    }

    Set<UUID> beat(UUID replica, Duration lately) {
        beats.put(replica, world.now());
        Set<UUID> others = new HashSet<>(beats.keySet());
        others.removeIf(
                other -> other.equals(replica) || beats.get(other).plus(lately).isBefore(world.now()));
        return others;
    }

    /** What the store in memory answers, which is at once. */
    static <T> T done(CompletionStage<T> answer) {
        return answer.toCompletableFuture().join();
    }
}
