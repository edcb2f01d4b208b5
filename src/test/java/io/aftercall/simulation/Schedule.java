package io.aftercall.simulation;

import io.aftercall.agent.AgentStatus;
import io.aftercall.feed.Delivery;
import io.aftercall.feed.StateFilter;
import io.aftercall.policy.PolicyKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One schedule: some replicas, those who call them, and a storm. When the storm is over, all of them or one alone go on
 * for a while; then callers stop, and what is left must come to rest.
 */
final class Schedule {

    private static final Duration STORM = Duration.ofSeconds(4);
    /** Until the transactions of two replicas that stand still have been rolled back, and what broke was noticed. */
    private static final Duration NOTICED = STORM.plusMillis(2_500);

    private static final Duration WRITING = Duration.ofMillis(7_500);
    private static final Duration REST = Duration.ofSeconds(13);

    private final World world;
    private final Ledger ledger;
    private final Database database;
    private final Cluster cluster;
    private final History history;
    private final Commands commands;
    private final Storm storm;
    private final List<Seen> subscribers = new ArrayList<>();

    Schedule(long seed, Defect defect) {
        world = new World(seed, defect);
        ledger = new Ledger(world);
        database = new Database(world, ledger);
        commands = new Commands(world);
        history = new History(world, ledger);
        Hints hints = new Hints(world);
        boolean hinting = world.percent(75);
        database.changePolicy(PolicyKey.TENANT, commands.policy());
        cluster = new Cluster(world, 1 + world.below(3), () -> new Replica(world, database, hinting ? hints : null));
        storm = new Storm(world, cluster, hints);
        people();
    }

    private void people() {
        for (int i = 0; i < 3; i++) {
            new Client(world, cluster, history, commands, WRITING);
        }
        new Reader(world, cluster, ledger, history);
        StateFilter working = StateFilter.ofStatuses(AgentStatus.AFTER_CALL_WORK);
        subscribe(StateFilter.ALL, Delivery.EVERY_CHANGE);
        subscribe(StateFilter.ALL, Delivery.CONFLATED);
        subscribe(working, Delivery.CONFLATED);
        world.after(world.between(Duration.ZERO, WRITING), this::newPolicy);
        world.after(world.between(Duration.ZERO, WRITING), this::newPolicy);
    }

    private void newPolicy() {
        database.changePolicy(PolicyKey.TENANT, commands.policy());
    }

    private void subscribe(StateFilter filter, Delivery delivery) {
        Seen seen = delivery == Delivery.EVERY_CHANGE
                ? new SeenChanges(world, ledger)
                : new SeenStates(world, ledger, filter);
        subscribers.add(seen);
        new Subscriber(world, cluster, filter, delivery, seen);
    }

    /** Runs it to its end; returns what was broken. */
    Map<Promise, String> run() {
        world.runUntil(STORM);
        storm.end();
        world.runUntil(NOTICED);
        ledger.requirePunctuality();
        world.runUntil(REST);
        ledger.requireNothingOverdue();
        history.requireTrue(database);
        subscribers.forEach(Seen::requireAll);
        cluster.all().forEach(this::requireRest);
        return world.broken();
    }

    private void requireRest(Replica replica) {
        if (replica.machine.longestWait().compareTo(Duration.ofSeconds(1)) > 0) {
            world.violated(Promise.NOBODY_WAITS_FOR_EVER, "A call has no answer");
        }
        if (replica.feed.revision() != ledger.head()) {
            world.violated(Promise.MEMORY_IS_THE_LOG, "In the end memory is at " + replica.feed.revision());
        } else {
            Reader.requireLogged(world, ledger, replica.feed.view());
        }
    }

    World world() {
        return world;
    }

    long revisions() {
        return ledger.head();
    }
}
