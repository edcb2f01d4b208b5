package io.aftercall.bench.client;

import io.aftercall.simulator.UnaryCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Makes unary calls, times those that succeed and counts those that fail. Threads may share it. */
public final class Calls implements UnaryCalls {
    private final Latencies latencies;
    private final Failures failures;

    /** Makes calls that are recorded in these two. */
    public Calls(Latencies latencies, Failures failures) {
        this.latencies = latencies;
        this.failures = failures;
    }

    /**
     * Sends a request, for instance {@code send(stub::startAcw, request)}. Its time counts from here to the
     * status that ends the call.
     *
     * @return the response, or the {@link io.grpc.StatusRuntimeException}
     */
    @Override
    public <Q, R> CompletableFuture<R> send(BiConsumer<Q, StreamObserver<R>> method, Q request) {
        return time(() -> answer(method, request));
    }

    /**
     * Times what begins here and counts it if it fails.
     *
     * @return what it comes to, when it is recorded
     */
    public <R> CompletableFuture<R> time(Supplier<? extends CompletionStage<R>> call) {
        long sent = System.nanoTime();
        return call.get()
                .whenComplete((response, error) -> {
                    if (error == null) {
                        latencies.record(System.nanoTime() - sent);
                    } else {
                        failures.count(error);
                    }
                })
                .toCompletableFuture();
    }

    /** Sends a request and returns the response, or the {@link io.grpc.StatusRuntimeException}. */
    public static <Q, R> CompletableFuture<R> answer(BiConsumer<Q, StreamObserver<R>> method, Q request) {
        return UnaryCalls.PLAIN.send(method, request);
    }
}
