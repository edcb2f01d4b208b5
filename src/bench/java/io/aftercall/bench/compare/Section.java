package io.aftercall.bench.compare;

import static io.aftercall.bench.compare.Contest.CHANGES_PER_SECOND;
import static io.aftercall.bench.compare.Contest.DEADLINES;
import static io.aftercall.bench.compare.Contest.IDLE_AGENTS;
import static io.aftercall.bench.compare.Contest.MANY;
import static io.aftercall.bench.compare.Contest.ONE;
import static io.aftercall.bench.compare.Contest.SOME;
import static io.aftercall.bench.compare.Contest.SUBSCRIBERS;
import static io.aftercall.bench.compare.Contest.WATCHERS;

import io.aftercall.api.v1.StreamDelivery;
import io.aftercall.bench.stage.ConflatedStage;
import io.aftercall.bench.stage.DeadlineStage;
import io.aftercall.bench.stage.Goal;
import io.aftercall.bench.stage.Measurement;
import io.aftercall.bench.stage.MemoryStage;
import io.aftercall.bench.stage.PeerDeadlineStage;
import io.aftercall.bench.stage.PeerReadStage;
import io.aftercall.bench.stage.PeerWatchStage;
import io.aftercall.bench.stage.PeerWriteStage;
import io.aftercall.bench.stage.ReadStage;
import io.aftercall.bench.stage.SilentStage;
import io.aftercall.bench.stage.StreamStage;
import io.aftercall.bench.stage.WriteStage;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What can be compared alone, and what is to be reached there. */
public enum Section {
    writes,
    reads,
    watchers,
    subscribers,
    deadlines,
    memory,
    silent;

    private static final String SUBSCRIBED = ConflatedStage.name(SUBSCRIBERS, CHANGES_PER_SECOND);

    /** Returns the goals of this section. */
    public Stream<Goal> goals() {
        return switch (this) {
            case writes ->
                Stream.concat(
                        Stream.of(SOME, MANY).flatMap(Section::writesOf),
                        Stream.of(Goal.atMost(
                                1,
                                "write of 1 caller, p50 / etcd",
                                ratio(Measurement::p50, WriteStage.name(ONE), PeerWriteStage.name("etcd", ONE)))));
            case reads ->
                Stream.of(
                        Goal.atLeast(
                                8,
                                "linearizable reads a second, 64 callers / etcd",
                                ratio(Measurement::perSecond, read(true), PeerReadStage.name("etcd", SOME))),
                        Goal.atLeast(
                                0.6,
                                "linearizable reads a second, 64 callers / our call that asks no database",
                                ratio(Measurement::perSecond, read(true), read(false))));
            case watchers -> Stream.of("etcd", "Redis", "NATS").map(Section::deliveryOf);
            case subscribers ->
                Stream.of(
                        Goal.atMost(25, "1,000 subscribers current, p99 ms", measured -> measured.of(SUBSCRIBED)
                                .p99()),
                        Goal.atMost(25, "server, % of a core", more(SUBSCRIBED, ConflatedStage.CPU)),
                        Goal.atMost(
                                1.1, "commits' p50 / without subscribers", more(SUBSCRIBED, ConflatedStage.SLOWER)));
            case deadlines ->
                Stream.concat(
                        Stream.of(Goal.atMost(50, "3,000 deadlines, p99 late ms", measured -> measured.of(
                                        DeadlineStage.name(DEADLINES))
                                .p99())),
                        Stream.of("etcd", "Redis").map(Section::latenessOf));
            case memory ->
                Stream.of(
                        Goal.atMost(
                                1, "heap of an idle agent, KiB", more(MemoryStage.name(IDLE_AGENTS), MemoryStage.HEAP)),
                        Goal.atMost(
                                5, "100,000 agents loaded, s", more(MemoryStage.name(IDLE_AGENTS), MemoryStage.LOAD)));
            case silent -> SilentStage.DELIVERIES.stream().map(Section::memoryOf);
        };
    }

    private static Goal memoryOf(StreamDelivery delivery) {
        String silent = SilentStage.name(SUBSCRIBERS, delivery);
        return Goal.atMost(64, silent + ", KiB each", more(silent, SilentStage.MEMORY));
    }

    private static Stream<Goal> writesOf(int callers) {
        return Stream.of(writes(2.5, "etcd", callers), writes(1.3, "Redis", callers), writes(1.2, "pgbench", callers));
    }

    private static Goal writes(double bound, String store, int callers) {
        return Goal.atLeast(
                bound,
                "writes a second, %d callers / %s".formatted(callers, store),
                ratio(Measurement::perSecond, WriteStage.name(callers), PeerWriteStage.name(store, callers)));
    }

    private static Goal deliveryOf(String store) {
        return Goal.atMost(
                1,
                "write to watcher, p99 / " + store,
                ratio(
                        Measurement::p99,
                        StreamStage.name(WATCHERS, CHANGES_PER_SECOND),
                        PeerWatchStage.name(store, WATCHERS, CHANGES_PER_SECOND)));
    }

    private static Goal latenessOf(String store) {
        return Goal.atMost(
                1,
                "3,000 deadlines, p99 late / " + store,
                ratio(Measurement::p99, DeadlineStage.name(DEADLINES), PeerDeadlineStage.name(store, DEADLINES)));
    }

    private static String read(boolean linearizable) {
        return ReadStage.name(SOME, linearizable);
    }

    private static ToDoubleFunction<Goal.Measured> ratio(
            ToDoubleFunction<Measurement> figure, String ours, String theirs) {
        return measured -> figure.applyAsDouble(measured.of(ours)) / figure.applyAsDouble(measured.of(theirs));
    }

    private static ToDoubleFunction<Goal.Measured> more(String measurement, String figure) {
        return measured -> measured.of(measurement).more().get(figure);
    }
}
