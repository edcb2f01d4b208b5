package io.aftercall.bench.compare;

import io.aftercall.bench.client.Connections;
import io.aftercall.bench.peer.Etcd;
import io.aftercall.bench.peer.Nats;
import io.aftercall.bench.peer.Pgbench;
import io.aftercall.bench.peer.Redis;
import io.aftercall.bench.stage.ConflatedStage;
import io.aftercall.bench.stage.DeadlineStage;
import io.aftercall.bench.stage.MemoryStage;
import io.aftercall.bench.stage.PeerDeadlineStage;
import io.aftercall.bench.stage.PeerReadStage;
import io.aftercall.bench.stage.PeerWatchStage;
import io.aftercall.bench.stage.PeerWriteStage;
import io.aftercall.bench.stage.PgbenchStage;
import io.aftercall.bench.stage.ReadStage;
import io.aftercall.bench.stage.SilentStage;
import io.aftercall.bench.stage.Stage;
import io.aftercall.bench.stage.StreamStage;
import io.aftercall.bench.stage.WriteStage;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Who takes part, and in which order each section measures them.
 *
 * @param callers connections to our server for those who write and read
 * @param watchers connections to our server for subscribers
 * @param server our server's process
 * @param parent where a database's directory is made
 */
public record Contest(
        Connections callers,
        Connections watchers,
        ProcessHandle server,
        Etcd etcd,
        Redis redis,
        Nats nats,
        Pgbench pgbench,
        Path parent) {

    /** The numbers of callers who write; the first of them is measured for its latency alone. */
    static final int ONE = 1;

    static final int SOME = 64;
    static final int MANY = 256;

    static final int WATCHERS = 100;
    static final int SUBSCRIBERS = 1_000;
    static final int CHANGES_PER_SECOND = 200;
    static final int DEADLINES = 3_000;
    static final int IDLE_AGENTS = 100_000;

    /** Returns the stages of a section, ours beside those of the others. */
    public Stream<Stage> stages(Section section) {
        return switch (section) {
            case writes -> Stream.of(ONE, SOME, MANY).flatMap(this::writes);
            case reads ->
                Stream.of(
                        new ReadStage(callers, SOME, false),
                        new ReadStage(callers, SOME, true),
                        new PeerReadStage(etcd, SOME),
                        new PeerReadStage(redis, SOME));
            case watchers ->
                Stream.of(
                        new StreamStage(callers, watchers, WATCHERS, CHANGES_PER_SECOND),
                        new PeerWatchStage(etcd, WATCHERS, CHANGES_PER_SECOND),
                        new PeerWatchStage(redis, WATCHERS, CHANGES_PER_SECOND),
                        new PeerWatchStage(nats, WATCHERS, CHANGES_PER_SECOND));
            case subscribers ->
                Stream.of(new ConflatedStage(callers, watchers, server, SUBSCRIBERS, CHANGES_PER_SECOND));
            case deadlines ->
                Stream.of(
                        new DeadlineStage(callers, DEADLINES),
                        new PeerDeadlineStage(etcd, DEADLINES),
                        new PeerDeadlineStage(redis, DEADLINES));
            case memory -> Stream.of(new MemoryStage(parent, IDLE_AGENTS));
            case silent -> SilentStage.ofEachDelivery(parent, SUBSCRIBERS);
        };
    }

    private Stream<Stage> writes(int count) {
        return Stream.of(
                new WriteStage(callers, count),
                new PeerWriteStage(etcd, count),
                new PeerWriteStage(redis, count),
                new PgbenchStage(pgbench, count));
    }
}
