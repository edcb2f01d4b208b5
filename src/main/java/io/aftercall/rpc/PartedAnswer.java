package io.aftercall.rpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A stream of what there is: the next part is read when its reader has room for it. Lives on the call's event loop. */
final class PartedAnswer<R> {

    private final Supplier<CompletionStage<Optional<R>>> parts;
    private final Runnable still;
    private final ServerCallStreamObserver<R> observer;
    private final Context loop = Vertx.currentContext();
    private boolean reading;
    private boolean ended;

    /**
     * @param parts reads the next part; empty after the last
     * @param still fails when the reader may read no more
     */
    private PartedAnswer(Supplier<CompletionStage<Optional<R>>> parts, Runnable still, StreamObserver<R> observer) {
        this.parts = parts;
        this.still = still;
        this.observer = (ServerCallStreamObserver<R>) observer;
    }

    /**
     * Begins, before the call's method returns.
     *
     * @param parts makes what reads the parts; may throw instead
     */
    static <R> void send(
            Supplier<Supplier<CompletionStage<Optional<R>>>> parts, Runnable still, StreamObserver<R> observer) {
        try {
            PartedAnswer<R> answer = new PartedAnswer<>(parts.get(), still, observer);
            answer.observer.setOnCancelHandler(() -> answer.ended = true);
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
        parts.get()
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
            ended = true;
            observer.onCompleted();
        } else {
            observer.onNext(part.get());
            next();
        }
    }

    private void fail(Throwable failure) {
        if (!ended) {
            ended = true;
            observer.onError(GrpcErrors.of(failure));
        }
    }
}
