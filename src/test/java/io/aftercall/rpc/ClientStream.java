package io.aftercall.rpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** A call that sends a stream, of one message. */
final class ClientStream<R> implements StreamObserver<R> {

    private final CompletableFuture<Status.Code> end = new CompletableFuture<>();

    /** How it ends. */
    static <Q, R> Status.Code of(Channel channel, MethodDescriptor<Q, R> call, CallOptions options, Q message) {
        ClientStream<R> stream = new ClientStream<>();
        StreamObserver<Q> requests = ClientCalls.asyncClientStreamingCall(channel.newCall(call, options), stream);
        requests.onNext(message);
        requests.onCompleted();
        return stream.end.join();
    }

    @Override
    public void onNext(R response) {}

    @Override
    public void onError(Throwable failure) {
        end.complete(Status.fromThrowable(failure).getCode());
    }

    @Override
    public void onCompleted() {
        end.complete(Status.Code.OK);
    }
}
