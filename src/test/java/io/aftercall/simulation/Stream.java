package io.aftercall.simulation;

import io.aftercall.feed.BadToken;
import io.aftercall.feed.Delivery;
import io.aftercall.feed.FeedEvent;
import io.aftercall.feed.ResumeToken;
import io.aftercall.feed.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes one subscription to one subscriber, as fast as he reads; the server's own is bound to gRPC. */
final class Stream {

    private static final Duration BOOKMARKS = Duration.ofMillis(500);
    /** What may be on the way before the subscriber counts as slow. */
    private static final int READY = 3;

    private final World world;
    private final Replica replica;
    private final Subscription subscription;
    private final Subscriber subscriber;
    private final Delivery delivery;
    private final Wire turns;
    private final Wire messages;
    private boolean woken;
    private boolean readingLog;
    private boolean ended;

    /**
     * What a subscriber receives.
     *
     * @param token covers everything up to here; empty where it does not end here
     */
    record Message(List<FeedEvent> events, Optional<ResumeToken> token) {}

    Stream(World world, Replica replica, Subscription subscription, Subscriber subscriber, Delivery delivery) {
        this.world = world;
        this.replica = replica;
        this.subscription = subscription;
        this.subscriber = subscriber;
        this.delivery = delivery;
        this.turns = new Wire(replica.machine::after);
        this.messages = new Wire(world::after);
        replica.add(this);
        replica.machine.whenCrashed(() -> world.after(world.upTo(50), () -> subscriber.ended(this)));
        wake();
        replica.machine.after(BOOKMARKS, this::tick);
    }

    void wake() {
        if (!woken) {
            woken = true;
            turns.send(world.between(Duration.ZERO, Replica.TURN), () -> {
                woken = false;
                pump();
            });
        }
    }

    /** The subscriber has gone. */
    void cancel() {
        ended = true;
        replica.remove(this);
    }

    private boolean ready() {
        return messages.onTheWay() < READY;
    }

    private void pump() {
        while (!ended && !readingLog && ready() && subscription.behind()) {
            if (subscription.needsLog()) {
                readLog();
            } else {
                writeNext();
            }
        }
    }

    private void writeNext() {
        try {
            List<FeedEvent> events = subscription.next().events();
            if (!events.isEmpty()) {
                send(new Message(events, subscription.token()));
            }
        } catch (BadToken otherHistory) {
            end();
        }
    }

    private void end() {
        cancel();
        world.after(world.upTo(5), () -> subscriber.ended(this));
    }

    private void readLog() {
        readingLog = true;
        subscription.readLog().whenComplete((read, failure) -> {
            readingLog = false;
            if (failure == null) {
                wake();
            } else {
                end();
            }
        });
    }

    private void tick() {
        if (!ended) {
            if (ready() && !readingLog && !subscription.behind()) {
                send(new Message(List.of(), subscription.token()));
            }
            replica.machine.after(BOOKMARKS, this::tick);
        }
    }

    private void send(Message message) {
        boolean every = delivery == Delivery.EVERY_CHANGE;
        if (world.has(every ? Defect.DROPS_CHANGES : Defect.DROPS_STATES) && world.percent(5)) {
            return;
        }
        if (world.has(Defect.SPLITS_COMMANDS)) {
            message.events().forEach(event -> pass(new Message(List.of(event), Optional.empty())));
            pass(new Message(List.of(), message.token()));
            return;
        }
        if (world.has(Defect.REPEATS_CHANGES) && every && world.percent(5)) {
            pass(message);
        }
        pass(message);
    }

    private void pass(Message message) {
        messages.send(subscriber.pace(), () -> {
            subscriber.take(this, message);
            replica.machine.run(this::wake);
        });
    }
}
