package io.aftercall.faults;

import io.aftercall.faults.Cluster.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Lets faults befall some replicas, one after the other, counted in calls of the callers and not in time. */
final class Nemesis {

    private static final int LONGEST_PEACE = 60;
    private static final int LONGEST_FAULT = 25;

    private final List<Replica> replicas;
    private final Recorder recorder;
    private final Random random;
    private final List<Fault> drawnFrom;
    private final List<Fault> struck = new ArrayList<>();

    /**
     * @param drawnFrom with the more likely ones more often
     */
    Nemesis(List<Replica> replicas, Recorder recorder, Random random, List<Fault> drawnFrom) {
        this.replicas = replicas;
        this.recorder = recorder;
        this.random = random;
        this.drawnFrom = drawnFrom;
    }

    /**
     * Goes on until there are no more calls, and lets the last fault pass.
     *
     * @param most how many faults at most
     * @return the faults in order
     */
    CompletableFuture<List<Fault>> start(Executor executor, int most) {
        return CompletableFuture.supplyAsync(
                () -> {
                    while (struck.size() < most && recorder.awaitMoreCalls(1 + random.nextInt(LONGEST_PEACE))) {
                        Replica replica = replicas.get(random.nextInt(replicas.size()));
                        Fault fault = drawnFrom.get(random.nextInt(drawnFrom.size()));
                        struck.add(fault);
                        fault.strike(replica);
                        recorder.awaitMoreCalls(1 + random.nextInt(LONGEST_FAULT));
                        fault.pass(replica);
                    }
                    return struck;
                },
                executor);
    }
}
