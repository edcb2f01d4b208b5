package io.aftercall.simulator;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** How unary calls are made: somebody may want to time and count them. */
public interface UnaryCalls {

    /**
     * Sends a request, for instance {@code send(stub::startAcw, request)}.
     *
     * @return the response, or the {@link io.grpc.StatusRuntimeException}
     */
    <Q, R> CompletableFuture<R> send(BiConsumer<Q, StreamObserver<R>> method, Q request);

    /** Makes them and does nothing else. */
    UnaryCalls PLAIN = new UnaryCalls() {
        @Override
        public <Q, R> CompletableFuture<R> send(BiConsumer<Q, StreamObserver<R>> method, Q request) {
            CompletableFuture<R> answer = new CompletableFuture<>();
            method.accept(request, new StreamObserver<>() {
                private R response;

                @Override
                public void onNext(R message) {
                    response = message;
                }

                @Override
                public void onError(Throwable error) {
                    answer.completeExceptionally(error);
                }

                @Override
                public void onCompleted() {
                    answer.complete(response);
                }
            });
            return answer;
        }
    };
}
