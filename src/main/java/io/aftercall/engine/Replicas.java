package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * The replicas that live, as far as this one knows. Each agent has an order of them (rendezvous hashing), the same on
 * every replica: who comes later waits a little, so that not all of them do the same work. Only effort depends on it: a
 * replica that knows of no other, or of one that is dead, does no harm.
 */
public final class Replicas {

    /** Long enough for a later replica to hear from the log that an earlier one has done the work. */
    private static final Duration STEP = Duration.ofMillis(300);

    private static final int LONGEST = 2;

    /** A replica that has said nothing for so long counts as dead. */
    private static final Duration LATELY = Duration.ofSeconds(3);

    private final UUID self;
    private final ReplicaStore store;
    private volatile Set<UUID> others = Set.of();

    /**
     * @param self random
     */
    public Replicas(UUID self, ReplicaStore store) {
        this.self = self;
        this.store = store;
    }

    /** Says that this one lives, and hears who else does. */
    public CompletionStage<Void> beat() {
        return store.beat(self, LATELY).thenAccept(living -> others = Set.copyOf(living));
    }

    /** Says that this one stops. */
    public CompletionStage<Void> leave() {
        return store.leave(self);
    }

    /** Whether this replica knows of no other. */
    public boolean alone() {
        return others.isEmpty();
    }

    /** For how long this replica leaves an agent's deadlines to those before it; at most 600 ms. */
    public Duration patience(AgentId agent) {
        long mine = weight(self, agent);
        int before = 0;
        for (UUID other : others) {
            long its = weight(other, agent);
            before += its > mine || its == mine && other.compareTo(self) > 0 ? 1 : 0;
        }
        return STEP.multipliedBy(Math.min(before, LONGEST));
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014), which spreads ids that differ little. */
    private static long weight(UUID replica, AgentId agent) {
        long mixed = replica.getMostSignificantBits()
                ^ Long.rotateLeft(replica.getLeastSignificantBits(), 32)
                ^ agent.value().hashCode() * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
