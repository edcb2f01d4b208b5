package io.aftercall.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BiConsumer;

/** Carries things in the order in which they were sent, each in its own time. */
final class Wire {

    private final BiConsumer<Duration, Runnable> later;
    private final Queue<Runnable> onTheWay = new ArrayDeque<>();

    /**
     * @param later runs something after a delay
     */
    Wire(BiConsumer<Duration, Runnable> later) {
        this.later = later;
    }

    void send(Duration delay, Runnable arrival) {
        onTheWay.add(arrival);
        // Whichever step comes first carries what was sent first.
        later.accept(delay, () -> onTheWay.remove().run());
    }

    int onTheWay() {
        return onTheWay.size();
    }
}
