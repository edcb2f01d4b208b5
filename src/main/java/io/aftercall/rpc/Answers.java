package io.aftercall.rpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Answers a unary call when its result is there. */
final class Answers {

    private Answers() {}

    /**
     * @param work may throw instead of failing later
     * @param write from the result to the message; may throw a status
     */
    static <T, R> void answer(StreamObserver<R> observer, Supplier<CompletionStage<T>> work, Function<T, R> write) {
        tolerateCancel(observer);
        finish(observer, work, write);
    }

    /** A caller who has gone is told nothing, and that is no fault. To be said before the call's method returns. */
    static void tolerateCancel(StreamObserver<?> observer) {
        ((ServerCallStreamObserver<?>) observer).setOnCancelHandler(() -> {});
    }

    /** The same as {@link #answer}, for a call whose caller has sent more than one message. */
    static <T, R> void finish(StreamObserver<R> observer, Supplier<CompletionStage<T>> work, Function<T, R> write) {
        Context loop = Vertx.currentContext();
        try {
            work.get()
                    .whenComplete((result, failure) -> on(loop, () -> {
                        if (failure == null) {
                            write(observer, result, write);
                        } else {
                            observer.onError(GrpcErrors.of(failure));
                        }
                    }));
        } catch (RuntimeException failure) {
            observer.onError(GrpcErrors.of(failure));
        }
    }

    /** On the call's event loop, so that whoever has the result can go on. */
    private static void on(Context loop, Runnable task) {
        if (loop == Vertx.currentContext()) {
            task.run();
        } else {
            loop.runOnContext(ignored -> task.run());
        }
    }

    private static <T, R> void write(StreamObserver<R> observer, T result, Function<T, R> write) {
        R message;
        try {
            message = write.apply(result);
        } catch (RuntimeException failure) {
            observer.onError(GrpcErrors.of(failure));
            return;
        }
        observer.onNext(message);
        observer.onCompleted();
    }
}
