package io.aftercall.handoff;

import io.aftercall.delivery.Delivery;
import io.aftercall.delivery.DeliveryState;
import io.aftercall.delivery.Receipt;
import io.aftercall.delivery.Receipt.Kind;
import io.aftercall.delivery.RetrySchedule;
import io.aftercall.engine.DeliveryQueue;
import io.aftercall.engine.DeliveryQueue.Health;
import io.aftercall.engine.DeliveryQueue.OutletKey;
import io.aftercall.engine.DeliveryQueue.Parcel;
import io.aftercall.engine.DeliveryQueue.Result;
import io.aftercall.engine.DeliveryQueue.Taken;
import io.aftercall.engine.DeliveryQueue.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Delivers what is due for one outlet, some at a time. Turn by turn it keeps what came of them and takes more; who does
 * not answer, or refuses whatever comes, is asked for one at a time, after longer and longer pauses.
 */
final class OutletPump {

    private static final Logger LOG = Logger.getLogger(OutletPump.class);
    private static final Set<Kind> UNREPEATABLE = EnumSet.of(Kind.HOPELESS, Kind.IN_DOUBT);

    private final OutletKey outlet;
    private final DeliveryQueue queue;
    private final Outlet way;
    private final Room room;
    private final Terms terms;
    private final RandomGenerator randomness;
    private final List<Result> results = new ArrayList<>();
    /** The deliveries that were refused since one was accepted. */
    private final Set<Long> refused = new HashSet<>();

    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private int underWay;
    private int failures;
    private Optional<Health> health = Optional.empty();
    private boolean turning;
    private boolean paused;
    private boolean known;
    private boolean stopped;

    /**
     * How it goes about it.
     *
     * @param concurrency how many are under way at a time
     * @param lease for how long one may be under way
     * @param retries of a delivery
     * @param pauses of the outlet, once it has failed {@link #failuresBeforePause} times in turn
     */
    record Terms(int concurrency, Duration lease, RetrySchedule retries, RetrySchedule pauses) {

        /** So many different ones in turn are not the fault of each of them. */
        private static final int REFUSALS_BEFORE_PAUSE = 20;

        int failuresBeforePause() {
            return pauses.attempts();
        }
    }

    OutletPump(OutletKey outlet, DeliveryQueue queue, Outlet way, Room room, Terms terms, RandomGenerator randomness) {
        this.outlet = outlet;
        this.queue = queue;
        this.way = way;
        this.room = room;
        this.terms = terms;
        this.randomness = randomness;
    }

    /** Whether it has nothing left to say or to wait for. */
    synchronized boolean idle() {
        return !turning && underWay == 0 && results.isEmpty();
    }

    /** Tells what could not be kept before. */
    synchronized void retell() {
        if (!results.isEmpty()) {
            turn();
        }
    }

    /**
     * Takes nothing more.
     *
     * @return over when nothing is under way and what came of it is kept; what could not be kept, {@link #retell} tells
     */
    synchronized CompletionStage<Void> stop() {
        stopped = true;
        finishIfIdle();
        return finished;
    }

    private void finishIfIdle() {
        if (stopped && idle()) {
            finished.complete(null);
        }
    }

    /** Something may be due. */
    synchronized void turn() {
        if (turning || stopped && results.isEmpty()) {
            return;
        }
        turning = true;
        List<Result> kept = List.copyOf(results);
        Optional<Health> how = health;
        results.clear();
        health = Optional.empty();
        int most = room.take(paused || stopped ? 0 : Math.max(0, limit() - underWay), underWay);
        queue.turn(outlet, kept, how, most, terms.lease())
                .thenCompose(this::unlessStopped)
                .whenComplete((taken, failure) -> turned(kept, how, most, taken, failure));
    }

    /** Who has not answered is tried with one, and so is one of whom that is not known yet. */
    private int limit() {
        return !known || failures >= terms.failuresBeforePause() ? 1 : terms.concurrency();
    }

    /** Nobody knew that it would be stopped when these were taken. */
    private CompletionStage<Taken> unlessStopped(Taken taken) {
        synchronized (this) {
            if (!stopped || taken.parcels().isEmpty()) {
                return CompletableFuture.completedFuture(taken);
            }
        }
        List<Delivery> untouched =
                taken.parcels().stream().map(Parcel::delivery).toList();
        return queue.giveBack(outlet, untouched).handle((given, failure) -> {
            if (failure != null) {
                LOG.debugf(failure, "What was taken for %s is attempted when its time is over", outlet.outlet());
            }
            return new Taken(taken.target(), taken.failures(), List.of(), false);
        });
    }

    private void turned(List<Result> kept, Optional<Health> how, int most, Taken taken, Throwable failure) {
        room.leave(failure == null ? most - taken.parcels().size() : most);
        if (failure == null) {
            begin(taken);
        }
        synchronized (this) {
            turning = false;
            if (failure != null) {
                // Said again at the next turn, which somebody has to ask for.
                results.addAll(0, kept);
                health = health.or(() -> how);
                LOG.debugf(failure, "What came of deliveries to %s could not be kept", outlet.outlet());
                finishIfIdle();
                return;
            }
            if (results.isEmpty() && (stopped || !taken.more())) {
                finishIfIdle();
                return;
            }
        }
        turn();
    }

    private void begin(Taken taken) {
        synchronized (this) {
            underWay += taken.parcels().size();
            if (!known) {
                failures = taken.failures();
                known = true;
            }
        }
        for (Parcel parcel : taken.parcels()) {
            attempt(parcel, taken.target()).thenAccept(receipt -> came(parcel.delivery(), taken.target(), receipt));
        }
    }

    /** A fault of ours must not stop what comes after it. */
    private CompletionStage<Receipt> attempt(Parcel parcel, Optional<Target> target) {
        try {
            return way.deliver(outlet, parcel, target).exceptionally(this::fault);
        } catch (RuntimeException fault) {
            return CompletableFuture.completedFuture(fault(fault));
        }
    }

    private Receipt fault(Throwable fault) {
        LOG.errorf(fault, "A delivery of tenant %s to %s failed by a fault", outlet.tenant(), outlet.outlet());
        return Receipt.of(Kind.REFUSED, "a fault of the server's; its log has the cause");
    }

    private void came(Delivery delivery, Optional<Target> target, Receipt receipt) {
        room.leave(1);
        synchronized (this) {
            underWay--;
            results.add(result(delivery, receipt));
            if (receipt.asked()) {
                judge(delivery, target, receipt);
            }
        }
        turn();
    }

    private Result result(Delivery delivery, Receipt receipt) {
        Optional<Duration> retry = terms.retries().after(delivery.attempts(), randomness);
        DeliveryState state = DeliveryState.PENDING;
        if (receipt.kind() == Kind.ACCEPTED) {
            state = DeliveryState.DELIVERED;
        } else if (UNREPEATABLE.contains(receipt.kind()) || retry.isEmpty()) {
            state = DeliveryState.PARKED;
            LOG.warnf(
                    "Delivery %d of tenant %s to %s is given up after %d attempts (%s); it waits to be replayed",
                    delivery.sequence(), outlet.tenant(), outlet.outlet(), delivery.attempts(), receipt.words());
        }
        Duration wished = receipt.retryAfter().orElse(Duration.ZERO);
        Duration delay = retry.orElse(Duration.ZERO);
        return new Result(delivery, state, wished.compareTo(delay) > 0 ? wished : delay, receipt.words());
    }

    private void judge(Delivery delivery, Optional<Target> target, Receipt receipt) {
        switch (receipt.kind()) {
            case ACCEPTED, HOPELESS -> {
                refused.clear();
                recover();
            }
            case REFUSED -> refuse(delivery, receipt);
            case FAILED, IN_DOUBT -> fail(receipt);
            case GONE -> {
                paused = true;
                health = Optional.of(new Health(0, Duration.ZERO, target.map(Target::revision)));
            }
            default -> throw new IllegalStateException(receipt.kind().name());
        }
    }

    /** One that refuses lives, unless it refuses whatever comes; then it has to accept one before it gets more. */
    private void refuse(Delivery delivery, Receipt receipt) {
        refused.add(delivery.sequence());
        if (failures >= terms.failuresBeforePause()) {
            fail(receipt);
        } else if (refused.size() >= Terms.REFUSALS_BEFORE_PAUSE) {
            failures = terms.failuresBeforePause() - 1;
            fail(receipt);
        } else {
            recover();
        }
    }

    private void recover() {
        if (failures >= terms.failuresBeforePause()) {
            LOG.infof("%s of tenant %s works again", outlet.outlet(), outlet.tenant());
        }
        if (failures > 0) {
            failures = 0;
            health = Optional.of(new Health(0, Duration.ZERO));
        }
    }

    private void fail(Receipt receipt) {
        if (paused) {
            // One of those that were under way when it was.
            return;
        }
        failures++;
        int beyond = failures - terms.failuresBeforePause();
        if (beyond < 0) {
            health = Optional.of(new Health(failures, Duration.ZERO));
            return;
        }
        if (beyond == 0) {
            LOG.warnf(
                    "%s of tenant %s does not work (%s): what is for it waits, and it is tried from time to time",
                    outlet.outlet(), outlet.tenant(), receipt.words());
        }
        paused = true;
        Duration pause = terms.pauses().delay(beyond + 1, randomness);
        Duration wished = receipt.retryAfter().orElse(Duration.ZERO);
        health = Optional.of(new Health(failures, wished.compareTo(pause) > 0 ? wished : pause));
    }
}
