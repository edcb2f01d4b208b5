package io.aftercall.faults;

import io.aftercall.faults.Operation.Command;
import io.aftercall.faults.Operation.Outcome;
import io.aftercall.faults.Operation.Verdict;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Asks for one thing after the other; what fails is tried again on the other replica, with the same request id. */
final class Caller {

    private static final int ATTEMPTS = 3;
    private static final int LONGEST_PAUSE_MILLIS = 150;

    private final List<ManagedChannel> replicas;
    private final Workload workload;
    private final Recorder recorder;
    private final Random random;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Caller(List<ManagedChannel> replicas, Workload workload, Recorder recorder, Random random) {
        this.replicas = replicas;
        this.workload = workload;
        this.recorder = recorder;
        this.random = random;
    }

    /** Goes on for as long as there is more to do; completes afterwards. */
    CompletableFuture<Void> start(ScheduledExecutorService executor, BooleanSupplier more) {
        executor.execute(() -> {
            try {
                if (more.getAsBoolean()) {
                    ask();
                    int pause = random.nextInt(LONGEST_PAUSE_MILLIS);
                    executor.schedule(() -> start(executor, more), pause, TimeUnit.MILLISECONDS);
                } else {
                    done.complete(null);
                }
            } catch (RuntimeException | Error failure) {
                done.completeExceptionally(failure);
            }
        });
        return done;
    }

    private void ask() {
        Command command = workload.draw(random);
        int replica = random.nextInt(replicas.size());
        Outcome outcome;
        int attempt = 0;
        do {
            ManagedChannel channel = replicas.get((replica + attempt) % replicas.size());
            // Else the channel would wait for longer and longer before it tries to connect.
            channel.resetConnectBackoff();
            long called = recorder.called();
            outcome = Call.make(channel, command);
            recorder.answered(called, command, outcome);
        } while (outcome.verdict() == Verdict.UNKNOWN && ++attempt < ATTEMPTS);
    }
}
