package io.aftercall.expiry;

import io.aftercall.engine.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Rings when the test's clock gets there. */
final class FakeAlarm implements Alarm {

    private record Ring(Instant at, Runnable task) {}

    private final SettableClock clock;
    private final PriorityQueue<Ring> rings = new PriorityQueue<>(Comparator.comparing(Ring::at));

    FakeAlarm(SettableClock clock) {
        this.clock = clock;
    }

    @Override
    public Runnable ring(Duration delay, Runnable task) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("Cannot ring in the past");
        }
        Ring ring = new Ring(clock.instant().plus(delay), task);
        rings.add(ring);
        return () -> rings.remove(ring);
    }

    /** Lets time pass, ringing on the way. */
    void tick(Duration by) {
        Instant end = clock.instant().plus(by);
        while (!rings.isEmpty() && !rings.peek().at().isAfter(end)) {
            Ring next = rings.remove();
            Duration until = Duration.between(clock.instant(), next.at());
            clock.tick(until.isNegative() ? Duration.ZERO : until);
            next.task().run();
        }
        clock.tick(Duration.between(clock.instant(), end));
    }

    /** How many alarms are set. */
    int set() {
        return rings.size();
    }
}
