package io.aftercall.engine;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who has not left lives. */
public final class InMemoryReplicaStore implements ReplicaStore {

    private final Set<UUID> living = new HashSet<>();

    @Override
    public synchronized CompletionStage<Set<UUID>> beat(UUID replica, Duration lately) {
        living.add(replica);
        Set<UUID> others = new HashSet<>(living);
        others.remove(replica);
        return CompletableFuture.completedFuture(others);
    }

    @Override
    public synchronized CompletionStage<Void> leave(UUID replica) {
        living.remove(replica);
        return CompletableFuture.completedFuture(null);
    }
}
