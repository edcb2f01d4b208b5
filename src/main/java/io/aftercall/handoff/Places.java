package io.aftercall.handoff;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** How much may be under way at a time, whosever it is. The rest waits for its turn, though not for long. */
final class Places {

    /** Together with what an outlet then takes it is less than the lease of a delivery. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Duration patience;
    private final Set<CompletableFuture<Boolean>> waiting = new LinkedHashSet<>();
    private int free;

    /**
     * @param places how many there are
     * @param patience how long to wait for one
     */
    Places(int places, Duration patience) {
        this.free = places;
        this.patience = patience;
    }

    /** Whether there was a place in time, which is then taken. */
    CompletionStage<Boolean> take() {
        CompletableFuture<Boolean> turn = new CompletableFuture<>();
        synchronized (this) {
            if (free > 0) {
                free--;
                return CompletableFuture.completedFuture(true);
            }
            waiting.add(turn);
        }
        turn.completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS);
        return turn.whenComplete((taken, failure) -> forget(turn));
    }

    /** To be said once of each that was taken. */
    void free() {
        Optional<CompletableFuture<Boolean>> next = next();
        // Whoever has just lost patience has left.
        while (next.isPresent() && !next.get().complete(true)) {
            next = next();
        }
    }

    private synchronized Optional<CompletableFuture<Boolean>> next() {
        Iterator<CompletableFuture<Boolean>> line = waiting.iterator();
        if (!line.hasNext()) {
            free++;
            return Optional.empty();
        }
        CompletableFuture<Boolean> first = line.next();
        line.remove();
        return Optional.of(first);
    }

    private synchronized void forget(CompletableFuture<Boolean> turn) {
        waiting.remove(turn);
    }
}
