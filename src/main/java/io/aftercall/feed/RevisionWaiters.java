package io.aftercall.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Those who wait until a revision is reached, each for his own. */
final class RevisionWaiters {

    private final TreeMap<Long, List<CompletableFuture<Void>>> waiting = new TreeMap<>();

    /** Waits until {@link #reached} is called with this revision or a later one. */
    synchronized CompletableFuture<Void> await(long revision) {
        CompletableFuture<Void> waiter = new CompletableFuture<>();
        waiting.computeIfAbsent(revision, any -> new ArrayList<>()).add(waiter);
        return waiter;
    }

    /** The latest revision that somebody waits for; the given one if nobody waits. */
    synchronized long latestOr(long none) {
        return waiting.isEmpty() ? none : waiting.lastKey();
    }

    /** Whoever waits for a later revision than this waits for this one from now on. */
    synchronized void lowerTo(long revision) {
        Map<Long, List<CompletableFuture<Void>>> later = waiting.tailMap(revision, false);
        List<CompletableFuture<Void>> lowered = take(later);
        if (!lowered.isEmpty()) {
            waiting.computeIfAbsent(revision, any -> new ArrayList<>()).addAll(lowered);
        }
    }

    /** Completes whoever waits for this revision or an earlier one. What they do then is done by the caller's thread. */
    void reached(long revision) {
        List<CompletableFuture<Void>> done;
        synchronized (this) {
            done = take(waiting.headMap(revision, true));
        }
        done.forEach(waiter -> waiter.complete(null));
    }

    private static List<CompletableFuture<Void>> take(Map<Long, List<CompletableFuture<Void>>> some) {
        List<CompletableFuture<Void>> taken =
                some.values().stream().flatMap(List::stream).toList();
        some.clear();
        return taken;
    }
}
