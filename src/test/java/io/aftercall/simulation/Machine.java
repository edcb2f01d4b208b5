package io.aftercall.simulation;

import io.aftercall.engine.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What one life of a replica runs on. It may stand still, and then everything that came meanwhile happens at once; it
 * may crash, and then nothing of it ever happens again. Its clock is wrong and goes wrong.
 */
final class Machine {

    private static final int MILLION = 1_000_000;

    private final World world;
    private final Duration offset;
    /** How much too fast its clock goes, in parts of a million. */
    private final int drift;

    private final Queue<Runnable> missed = new ArrayDeque<>();
    /** Those without an answer, and since when. */
    private final Map<CompletableFuture<?>, Instant> calls = new LinkedHashMap<>();

    private final List<Runnable> whenCrashed = new ArrayList<>();
    private boolean standing;
    private boolean crashed;

    Machine(World world) {
        this.world = world;
        this.offset = world.between(Duration.ofHours(-1), Duration.ofHours(1));
        this.drift = world.below(401) - 200;
    }

    /** By its own clock. */
    Instant localTime() {
        Duration elapsed = world.elapsed();
        return world.now().plus(offset).plus(elapsed.multipliedBy(drift).dividedBy(MILLION));
    }

    void run(Runnable task) {
        if (standing) {
            missed.add(task);
        } else if (!crashed) {
            task.run();
        }
    }

    void after(Duration delay, Runnable task) {
        world.after(delay, () -> run(task));
    }

    /** By its own clock. */
    void ring(Duration delay, Runnable task) {
        after(delay.multipliedBy(MILLION).dividedBy(MILLION + drift), task);
    }

    /** Over and over, as long as it lives. */
    void every(Duration pause, Runnable task) {
        ring(pause, () -> {
            task.run();
            every(pause, task);
        });
    }

    /** Somebody calls from outside; a crash is an unknown outcome. */
    <T> CompletableFuture<T> call(Supplier<CompletionStage<T>> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        calls.put(answer, world.now());
        answer.whenComplete((result, failure) -> calls.remove(answer));
        if (crashed) {
            world.after(world.upTo(20), () -> answer.completeExceptionally(gone()));
            return answer;
        }
        after(world.upTo(3), () -> work.get()
                .whenComplete((result, failure) -> world.after(world.upTo(3), () -> {
                    if (crashed) {
                        answer.completeExceptionally(gone());
                    } else if (failure != null) {
                        answer.completeExceptionally(failure);
                    } else {
                        answer.complete(result);
                    }
                })));
        return answer;
    }

    void whenCrashed(Runnable notice) {
        whenCrashed.add(notice);
    }

    void standStill() {
        standing = true;
    }

    void goOn() {
        standing = false;
        while (!missed.isEmpty() && !standing) {
            run(missed.remove());
        }
    }

    void crash() {
        crashed = true;
        standing = false;
        missed.clear();
        whenCrashed.forEach(Runnable::run);
        List.copyOf(calls.keySet())
                .forEach(call -> world.after(world.upTo(50), () -> call.completeExceptionally(gone())));
    }

    boolean crashed() {
        return crashed;
    }

    /** For how long the oldest call has had no answer; zero if there is none. */
    Duration longestWait() {
        return calls.values().stream()
                .findFirst()
                .map(since -> Duration.between(since, world.now()))
                .orElse(Duration.ZERO);
    }

    private static StoreUnavailable gone() {
        return new StoreUnavailable(new IOException("Connection lost"));
    }
}
