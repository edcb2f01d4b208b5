package io.aftercall.rpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A stream of what there is: the next part is read when its reader has room for it. Lives on the call's event loop. */
final class PartedAnswer<R> {

    /** What the parts are read from. */
    @FunctionalInterface
    interface Parts<R> extends AutoCloseable {

        /** The next part; empty after the last. */
        CompletionStage<Optional<R>> next();

        /** Lets go of what it holds, when no part is wanted any more. Once. */
        @Override
        default void close() {}
    }

    private final Parts<R> parts;
    private final Runnable still;
    private final Optional<Duration> maxLag;
    private final ServerCallStreamObserver<R> observer;
    private final Context loop = Vertx.currentContext();
    private long sent;
    private boolean reading;
    private boolean ended;

    private PartedAnswer(Parts<R> parts, Runnable still, Optional<Duration> maxLag, StreamObserver<R> observer) {
        this.parts = parts;
        this.still = still;
        this.maxLag = maxLag;
        this.observer = (ServerCallStreamObserver<R>) observer;
    }

    /**
     * Begins, before the call's method returns.
     *
     * @param parts makes what reads the parts; may throw instead
     * @param still fails when the reader may read no more
     */
    static <R> void send(Supplier<Parts<R>> parts, Runnable still, StreamObserver<R> observer) {
        send(parts, still, Optional.empty(), observer);
    }

    /**
     * The same, for parts that hold something.
     *
     * @param maxLag how long the reader may leave a part unread
     */
    static <R> void send(Supplier<Parts<R>> parts, Runnable still, Duration maxLag, StreamObserver<R> observer) {
        send(parts, still, Optional.of(maxLag), observer);
    }

    private static <R> void send(
            Supplier<Parts<R>> parts, Runnable still, Optional<Duration> maxLag, StreamObserver<R> observer) {
        try {
            PartedAnswer<R> answer = new PartedAnswer<>(parts.get(), still, maxLag, observer);
            answer.observer.setOnCancelHandler(answer::end);
            answer.observer.setOnReadyHandler(() -> answer.loop.runOnContext(ignored -> answer.next()));
            answer.next();
        } catch (RuntimeException failure) {
            observer.onError(GrpcErrors.of(failure));
        }
    }

    private void next() {
        if (ended || reading || !observer.isReady()) {
            return;
        }
        reading = true;
        parts.next()
                .whenComplete((part, failure) -> loop.runOnContext(ignored -> {
                    reading = false;
                    if (failure != null) {
                        fail(failure);
                    } else if (!ended) {
                        sendIfStill(part);
                    }
                }));
    }

    private void sendIfStill(Optional<R> part) {
        try {
            still.run();
        } catch (RuntimeException noMore) {
            fail(noMore);
            return;
        }
        if (part.isEmpty()) {
            end();
            observer.onCompleted();
        } else {
            observer.onNext(part.get());
            sent++;
            next();
            maxLag.ifPresent(this::watch);
        }
    }

    /** A reader who is slow is waited for, one who has stopped is not. */
    private void watch(Duration longest) {
        if (ended || observer.isReady()) {
            return;
        }
        long unread = sent;
        loop.owner().setTimer(longest.toMillis(), timer -> {
            if (sent == unread && !observer.isReady()) {
                fail(GrpcErrors.exportTooSlow());
            }
        });
    }

    private void end() {
        if (!ended) {
            ended = true;
            parts.close();
        }
    }

    private void fail(Throwable failure) {
        if (!ended) {
            end();
            observer.onError(GrpcErrors.of(failure));
        }
    }
}
