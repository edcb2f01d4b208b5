package io.aftercall.simulation;

import io.aftercall.engine.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A replica's way to the database: slow, and at times it loses what goes over it. */
final class Line {

    private static final int SLOW_MILLIS = 400;

    private final World world;
    private final Machine machine;
    private int lossPercent;
    private int slowPercent;

    Line(World world, Machine machine) {
        this.world = world;
        this.machine = machine;
    }

    /** From now on so much is lost, and so much is slow. */
    void becomes(int lost, int slow) {
        lossPercent = lost;
        slowPercent = slow;
    }

    boolean loses() {
        return world.percent(lossPercent);
    }

    Duration delay() {
        return world.percent(slowPercent) ? world.upTo(SLOW_MILLIS) : world.upTo(2);
    }

    /** When the replica finds out that something was lost. */
    Duration notice() {
        return world.upTo(300);
    }

    /** Asks for something that is read in one step. Answers may overtake each other. */
    <T> CompletableFuture<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (world.has(Defect.NEVER_ANSWERS) && world.percent(2)) {
            return answer;
        }
        if (loses()) {
            machine.after(notice(), () -> answer.completeExceptionally(lost()));
            return answer;
        }
        world.after(delay(), () -> {
            T read = question.get();
            machine.after(delay(), () -> answer.complete(read));
        });
        return answer;
    }

    static StoreUnavailable lost() {
        return new StoreUnavailable(new IOException("Connection reset"));
    }
}
