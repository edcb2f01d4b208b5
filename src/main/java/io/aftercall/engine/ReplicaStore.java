package io.aftercall.engine;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Where replicas learn of each other. */
public interface ReplicaStore {

    /**
     * Says that a replica lives.
     *
     * @return the others that have said so within {@code lately}; fails with {@link StoreUnavailable}
     */
    CompletionStage<Set<UUID>> beat(UUID replica, Duration lately);

    /** Says that a replica is about to stop. */
    CompletionStage<Void> leave(UUID replica);
}
