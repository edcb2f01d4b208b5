package io.aftercall.simulation;

import io.aftercall.feed.Delivery;
import io.aftercall.feed.ResumeToken;
import io.aftercall.feed.StateFilter;
import io.aftercall.feed.Subscription;
import io.aftercall.feed.TenantFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Somebody who watches: goes on by his token on another replica whenever a stream ends. */
final class Subscriber {

    private static final Duration SILENCE = Duration.ofMillis(1_500);

    private final World world;
    private final Cluster cluster;
    private final StateFilter filter;
    private final Delivery delivery;
    private final Seen seen;
    private final int slowestMillis;
    private Optional<ResumeToken> token = Optional.empty();
    private Stream stream;
    private int attempt;
    private Instant lastHeard;

    Subscriber(World world, Cluster cluster, StateFilter filter, Delivery delivery, Seen seen) {
        this.world = world;
        this.cluster = cluster;
        this.filter = filter;
        this.delivery = delivery;
        this.seen = seen;
        this.slowestMillis = world.percent(30) ? 300 : 3;
        this.lastHeard = world.now();
        world.after(world.upTo(500), this::connect);
        world.every(SILENCE, this::requireSignOfLife);
    }

    private void connect() {
        Replica replica = cluster.any();
        int mine = ++attempt;
        lastHeard = world.now();
        replica.machine
                .call(() -> replica.barrier.pass().thenAccept(now -> open(mine, replica, now)))
                .whenComplete((opened, failure) -> {
                    if (failure != null && mine == attempt && stream == null) {
                        world.after(world.upTo(100), this::connect);
                    }
                });
    }

    private void open(int ofAttempt, Replica replica, Instant now) {
        if (ofAttempt == attempt) {
            stream = new Stream(world, replica, subscription(replica, now), this, delivery);
        }
    }

    /** There are bookmarks, so silence means that the replica has gone. */
    private void requireSignOfLife() {
        if (lastHeard.plus(SILENCE).isBefore(world.now())) {
            stream = null;
            seen.cut();
            connect();
        }
    }

    private Subscription subscription(Replica replica, Instant now) {
        TenantFeed feed = replica.feed;
        if (token.isEmpty()) {
            seen.beginAgain(now);
            return Subscription.fromSnapshot(feed, replica.store, filter, delivery, now);
        }
        ResumeToken known = ResumeToken.decode(token.get().encode()).orElseThrow();
        if (known.revision() > feed.revision() || !known.epoch().equals(feed.epoch())) {
            world.violated(Promise.LINEARIZABLE_READS, "A token is from the future: " + known);
        }
        return Subscription.after(known.epoch(), known.revision(), feed, replica.store, filter, delivery);
    }

    /** A message arrives; what is left of an earlier stream is not looked at. */
    void take(Stream from, Stream.Message message) {
        if (from == stream) {
            lastHeard = world.now();
            seen.message(message);
            token = message.token().isPresent() ? message.token() : token;
            if (world.percent(1)) {
                from.cancel();
                ended(from);
            }
        }
    }

    void ended(Stream which) {
        if (which == stream) {
            stream = null;
            seen.cut();
            connect();
        }
    }

    /** How long a message takes to him. */
    Duration pace() {
        return world.upTo(slowestMillis);
    }

    Seen seen() {
        return seen;
    }
}
