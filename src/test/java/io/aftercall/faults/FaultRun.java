package io.aftercall.faults;

import static org.awaitility.Awaitility.await;

import io.aftercall.faults.Cluster.Replica;
import io.aftercall.faults.TcpProxy.Weather;
import io.grpc.ManagedChannel;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;

/** Plays one seed on a cluster: callers, subscribers and faults, and at the end peace, until nothing is left to happen. */
final class FaultRun implements AutoCloseable {

    private static final int CALLERS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final long seed;
    private final Workload workload;
    private final Recorder recorder = new Recorder();
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(CALLERS + 4);
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<CompletableFuture<List<Fault>>> faults = new ArrayList<>();

    FaultRun(Cluster cluster, long seed) {
        this.cluster = cluster;
        this.seed = seed;
        this.workload = new Workload(Long.toString(seed));
    }

    /** Lets faults befall these replicas, one at a time, from the start of the run on. */
    FaultRun with(List<Replica> replicas, int most, List<Fault> drawnFrom) {
        Random random = new Random(seed * 31 + faults.size());
        faults.add(new Nemesis(replicas, recorder, random, drawnFrom).start(executor, most));
        return this;
    }

    /** Goes on until so many commands have been given. */
    Run untilCommands(int count) throws Exception {
        return play(() -> workload.drawn() < count);
    }

    /** Goes on until all faults have passed. */
    Run untilFaultsHavePassed() throws Exception {
        return play(() -> !faults.stream().allMatch(CompletableFuture::isDone));
    }

    /** The faults of each {@link #with}, in order. */
    List<List<Fault>> faults() {
        return faults.stream().map(CompletableFuture::join).toList();
    }

    private Run play(BooleanSupplier more) throws Exception {
        try (Connection database = cluster.database()) {
            long before = LogReader.head(database);
            List<Watcher> watchers = List.of(
                    watcher("all, every change", true, Set.of()),
                    watcher("some, every change", true, workload.firstAgents()),
                    watcher("all, conflated", false, Set.of()));
            watchers.forEach(Watcher::open);
            List<CompletableFuture<Void>> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                Random random = new Random(seed * 37 + caller);
                callers.add(new Caller(connect(), workload, recorder, random).start(executor, more));
            }
            CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new)).join();
            recorder.close();
            faults.forEach(CompletableFuture::join);
            forgetWhatIsUnderWay();
            awaitQuiet(database, before);
            long last = LogReader.head(database);
            watchers.forEach(watcher -> await().atMost(PATIENCE).until(() -> watcher.reached(last)));
            List<Watch> watches =
                    watchers.stream().map(watcher -> watcher.close().join()).toList();
            return run(LogReader.read(database, before), watches);
        }
    }

    private Run run(List<LoggedChange> log, List<Watch> watches) {
        return new Run(seed, workload.agents(), recorder.operations(), log, watches);
    }

    /** A call that was held up on the way must not arrive when all is over. */
    private void forgetWhatIsUnderWay() {
        cluster.replicas().forEach(replica -> {
            replica.ofCallers(Weather.CUT);
            replica.ofCallers(Weather.FAIR);
        });
    }

    private void awaitQuiet(Connection database, long before) {
        await("all ACWs end, seed " + seed)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Property.ENDED_ONCE.violations(run(LogReader.read(database, before), List.of())).stream()
                        .noneMatch(what -> what.startsWith(LogCheck.OPEN)));
    }

    private Watcher watcher(String name, boolean everyChange, Set<String> agents) {
        return new Watcher(name, connect(), everyChange, agents, executor);
    }

    private List<ManagedChannel> connect() {
        List<ManagedChannel> connected = cluster.connect();
        channels.addAll(connected);
        return connected;
    }

    @Override
    public void close() {
        recorder.close();
        executor.shutdownNow();
        channels.forEach(ManagedChannel::shutdownNow);
    }
}
