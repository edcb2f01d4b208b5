package io.aftercall.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Time and chance of one schedule. Whatever happens is a step in here; the seed decides when, and which of those that
 * are due at once comes first. One thread, so that a step is never interrupted.
 */
final class World {

    private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    /** More than any schedule has that ever becomes quiet. */
    private static final int MOST_STEPS = 1_000_000;

    private final SplittableRandom random;
    private final Defect defect;
    private final PriorityQueue<Step> steps = new PriorityQueue<>();
    private final Map<Promise, String> broken = new EnumMap<>(Promise.class);
    private long micros;
    private int count;
    private long fingerprint;

    private record Step(long at, int tie, int number, Runnable task) implements Comparable<Step> {
        @Override
        public int compareTo(Step other) {
            int byTime = Long.compare(at, other.at);
            int byTie = byTime != 0 ? byTime : Integer.compare(tie, other.tie);
            return byTie != 0 ? byTie : Integer.compare(number, other.number);
        }
    }

    World(long seed, Defect defect) {
        this.random = new SplittableRandom(seed);
        this.defect = defect;
    }

    /** The database's time. */
    Instant now() {
        return START.plus(micros, ChronoUnit.MICROS);
    }

    /** How long the schedule has been going on. */
    Duration elapsed() {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    void after(Duration delay, Runnable task) {
        long at = micros + micros(delay);
        steps.add(new Step(at, random.nextInt(), count++, task));
    }

    /** Over and over, with the same pause between two. */
    void every(Duration pause, Runnable task) {
        after(pause, () -> {
            task.run();
            every(pause, task);
        });
    }

    /** Lets happen what happens until then. */
    void runUntil(Duration end) {
        long until = micros(end);
        while (!steps.isEmpty() && steps.peek().at() <= until && count < MOST_STEPS) {
            Step next = steps.remove();
            micros = next.at();
            fingerprint = fingerprint * 31 + (next.at() ^ next.tie());
            next.task().run();
        }
        if (count >= MOST_STEPS) {
            violated(Promise.NOBODY_WAITS_FOR_EVER, "It does not become quiet");
        }
        micros = until;
    }

    private static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }

    // ---- chance

    /** Evenly, both ends included; whole microseconds, as the database has them. */
    Duration between(Duration least, Duration most) {
        return Duration.of(random.nextLong(micros(least), micros(most) + 1), ChronoUnit.MICROS);
    }

    Duration upTo(int millis) {
        return between(Duration.ZERO, Duration.ofMillis(millis));
    }

    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long number() {
        return random.nextLong();
    }

    // ---- what is broken

    boolean has(Defect other) {
        return defect == other;
    }

    /** Keeps the first violation of each promise. */
    void violated(Promise promise, String how) {
        broken.putIfAbsent(promise, how + " (" + elapsed().toMillis() + " ms after the start)");
    }

    Map<Promise, String> broken() {
        return broken;
    }

    /** The same for the same schedule. */
    long fingerprint() {
        return fingerprint;
    }

    int steps() {
        return count;
    }
}
