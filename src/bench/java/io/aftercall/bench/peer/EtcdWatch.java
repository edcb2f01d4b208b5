package io.aftercall.bench.peer;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** A watch of all keys, on a stream of its own. */
final class EtcdWatch implements ClientResponseObserver<WatchRequest, WatchResponse>, AutoCloseable {
    private static final ByteString ALL = ByteString.copyFrom(new byte[1]);

    private final Consumer<Event> listener;
    private final CompletableFuture<Void> created = new CompletableFuture<>();
    private ClientCallStreamObserver<WatchRequest> stream;

    private EtcdWatch(Consumer<Event> listener) {
        this.listener = listener;
    }

    /** Returns when etcd says that it watches. */
    static EtcdWatch begin(Channel channel, Consumer<Event> listener) throws InterruptedException {
        EtcdWatch watch = new EtcdWatch(listener);
        WatchGrpc.newStub(channel)
                .watch(watch)
                .onNext(WatchRequest.newBuilder()
                        .setCreateRequest(
                                WatchCreateRequest.newBuilder().setKey(ALL).setRangeEnd(ALL))
                        .build());
        try {
            watch.created.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("etcd does not watch", e.getCause());
        }
        return watch;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchRequest> call) {
        stream = call;
    }

    @Override
    public void onNext(WatchResponse response) {
        if (response.getCreated()) {
            created.complete(null);
        }
        response.getEventsList().forEach(listener);
    }

    @Override
    public void onError(Throwable error) {
        // Of one that was created already nobody asks: what it misses is counted as missing.
        created.completeExceptionally(error);
    }

    @Override
    public void onCompleted() {
        created.completeExceptionally(new IllegalStateException("etcd ended the watch"));
    }

    @Override
    public void close() {
        stream.cancel("closed by the watcher", null);
    }
}
