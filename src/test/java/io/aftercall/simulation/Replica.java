package io.aftercall.simulation;

import io.aftercall.engine.CommandLane;
import io.aftercall.engine.CommitListener;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.DatabaseClock;
import io.aftercall.engine.PolicyBook;
import io.aftercall.engine.ReplicaStore;
import io.aftercall.engine.Replicas;
import io.aftercall.expiry.Alarm;
import io.aftercall.expiry.DeadlineTimers;
import io.aftercall.expiry.OverdueSweep;
import io.aftercall.feed.FeedListener;
import io.aftercall.feed.FeedTail;
import io.aftercall.feed.HintSender;
import io.aftercall.feed.ReadBarrier;
import io.aftercall.feed.TenantFeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** One life of a replica, put together as the server puts it together. */
final class Replica {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration BUSY = Duration.ofMillis(50);
    private static final Duration IDLE = Duration.ofMillis(250);
    /** Until the event loop comes to a task, at most. */
    static final Duration TURN = Duration.ofNanos(50_000);

    private static final CommandLane.Limits LIMITS = new CommandLane.Limits(1_000, 4);
    /** So few that subscribers have to read the log. */
    private static final int RING = 16;

    private final World world;
    final Machine machine;
    final Line line;
    final LinkedStore store;
    final TenantFeed feed;
    final CommandLane lane;
    final ReadBarrier barrier;
    private final FeedTail tail;
    private final PolicyBook policies;
    private final OverdueSweep sweep;
    private final Replicas replicas;
    private final List<Stream> streams = new ArrayList<>();
    private boolean polling;
    private boolean sweeping;

    /**
     * @param hints null if replicas do not tell each other
     */
    Replica(World world, Database database, Hints hints) {
        this.world = world;
        this.machine = new Machine(world);
        this.line = new Line(world, machine);
        this.store = new LinkedStore(world, database, machine, line);
        Wire tasks = new Wire(machine::after);
        Executor executor = task -> tasks.send(world.between(Duration.ZERO, TURN), task);
        DatabaseClock clock = new DatabaseClock(machine::localTime);
        this.policies = new PolicyBook(Database.TENANT, store);
        this.feed = new TenantFeed(Database.TENANT, store, RING);
        this.replicas = new Replicas(new UUID(world.number(), world.number()), replicaStore(database));
        CommitListener committed = hints == null ? feed : new HintSender(feed, replicas, hints.over(machine, line));
        this.lane = new CommandLane(Database.TENANT, store, policies, feed, committed, executor, LIMITS);
        feed.listen(new DeadlineTimers(feed, lane, clock, replicas, alarm(executor)));
        feed.listen(waker());
        this.barrier = new ReadBarrier(feed, store, clock);
        this.tail = new FeedTail(feed, store::head, clock, new FeedTail.Pace(BUSY, IDLE), SECOND);
        this.sweep = new OverdueSweep(store, any -> Optional.of(lane));
        if (hints != null) {
            hints.over(machine, line).listen(new Heard(feed));
        }
        start();
    }

    private void start() {
        machine.ring(Duration.ofMillis(1), this::poll);
        machine.every(BUSY, this::poll);
        machine.every(SECOND, this::sweep);
        machine.every(SECOND, replicas::beat);
        replicas.beat();
    }

    private void poll() {
        if (!polling && tail.due()) {
            polling = true;
            policies.loaded().thenCompose(read -> tail.poll()).whenComplete((done, failure) -> polling = false);
        }
    }

    private void sweep() {
        if (!sweeping && !world.has(Defect.SLEEPS_THROUGH_ALARMS)) {
            sweeping = true;
            sweep.run().whenComplete((found, failure) -> sweeping = false);
        }
    }

    private Alarm alarm(Executor executor) {
        return (delay, task) -> {
            boolean[] takenBack = {world.has(Defect.SLEEPS_THROUGH_ALARMS) && world.percent(30)};
            long millis = Math.max(1, delay.plusNanos(999_999).toMillis());
            machine.ring(Duration.ofMillis(millis), () -> {
                if (!takenBack[0]) {
                    executor.execute(task);
                }
            });
            return () -> takenBack[0] = true;
        };
    }

    private ReplicaStore replicaStore(Database database) {
        return new ReplicaStore() {
            @Override
            public CompletionStage<Set<UUID>> beat(UUID replica, Duration lately) {
                return line.ask(() -> database.beat(replica, lately));
            }

            @Override
            public CompletionStage<Void> leave(UUID replica) {
                throw new UnsupportedOperationException("Nobody stops in good order here");
            }
        };
    }

    private FeedListener waker() {
        return new FeedListener() {
            @Override
            public void reset() {
                streams.forEach(Stream::wake);
            }

            @Override
            public void applied(List<CommittedChange> changes) {
                streams.forEach(Stream::wake);
            }
        };
    }

    void add(Stream stream) {
        streams.add(stream);
    }

    void remove(Stream stream) {
        streams.remove(stream);
    }
}
