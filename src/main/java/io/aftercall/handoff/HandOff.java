package io.aftercall.handoff;

import io.aftercall.delivery.RetrySchedule;
import io.aftercall.engine.DeliveryQueue;
import io.aftercall.engine.DeliveryQueue.OutletKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Has a pump for each outlet for which something is due. A pump is forgotten when it has nothing left to do: what is to
 * be known of its outlet is in the database, where the other replicas see it.
 */
public final class HandOff {

    private final DeliveryQueue queue;
    private final Set<String> common;
    private final Function<OutletKey, OutletPump> maker;
    private final Map<OutletKey, OutletPump> pumps = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /**
     * What operators may choose.
     *
     * @param concurrency how many deliveries are under way to one outlet
     * @param timeout of a request to a webhook
     * @param retries of a delivery
     */
    public record Settings(int concurrency, Duration timeout, RetrySchedule retries) {

        /** After how many failures in turn an outlet is left alone, and for how long. */
        private static final RetrySchedule PAUSES = new RetrySchedule(Duration.ofSeconds(1), Duration.ofMinutes(1), 5);

        /** E-mail and Kafka say within half a minute what came of an attempt. */
        private static final Duration SHORTEST_LEASE = Duration.ofSeconds(40);

        /** For the way to and from the database. */
        private static final Duration MARGIN = Duration.ofSeconds(15);

        OutletPump.Terms terms() {
            Duration wanted = WebhookOutlet.longestAttempt(timeout).plus(MARGIN);
            Duration lease = wanted.compareTo(SHORTEST_LEASE) > 0 ? wanted : SHORTEST_LEASE;
            return new OutletPump.Terms(concurrency, lease, retries, PAUSES);
        }
    }

    /**
     * @param common the outlets that every tenant has, by their names
     */
    public static HandOff of(
            DeliveryQueue queue,
            Outlet webhooks,
            Map<String, Outlet> common,
            RandomGenerator randomness,
            Settings settings) {
        Room room = new Room(Room.MOST);
        return new HandOff(
                queue,
                common.keySet(),
                outlet -> new OutletPump(
                        outlet,
                        queue,
                        common.getOrDefault(outlet.outlet(), webhooks),
                        room,
                        settings.terms(),
                        randomness));
    }

    /**
     * @param common the outlets that every tenant has
     */
    HandOff(DeliveryQueue queue, Set<String> common, Function<OutletKey, OutletPump> maker) {
        this.queue = queue;
        this.common = common;
        this.maker = maker;
    }

    /** Looks for what is due, and has it delivered; once it is stopped, only tells what could not be kept before. */
    public CompletionStage<Void> look() {
        if (stopped) {
            pumps.values().forEach(OutletPump::retell);
            return CompletableFuture.completedFuture(null);
        }
        pumps.values().removeIf(OutletPump::idle);
        return queue.due(common).thenAccept(this::turn);
    }

    private synchronized void turn(List<OutletKey> due) {
        if (!stopped) {
            due.forEach(outlet -> pumps.computeIfAbsent(outlet, maker).turn());
        }
        pumps.values().forEach(OutletPump::retell);
    }

    /**
     * Begins nothing more.
     *
     * @return over when nothing is under way and what came of it is kept, for which {@link #look} has to be called on
     */
    public synchronized CompletionStage<Void> stop() {
        stopped = true;
        return CompletableFuture.allOf(pumps.values().stream()
                .map(pump -> pump.stop().toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }
}
