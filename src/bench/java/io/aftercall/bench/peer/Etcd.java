package io.aftercall.bench.peer;

import com.google.protobuf.ByteString;
import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.process.FreePort;
import io.aftercall.bench.process.OwnProcess;
import io.aftercall.bench.process.WorkDirectory;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One etcd, over gRPC as our own calls. It brings every write to disk before it answers, by default. */
public final class Etcd implements KeyValueStore, WatchableStore, ExpiringStore, AutoCloseable {
    private final OwnProcess process;
    private final Connections callers;
    private final Connections watchers;

    private Etcd(OwnProcess process, Connections callers, Connections watchers) {
        this.process = process;
        this.callers = callers;
        this.watchers = watchers;
    }

    /** Starts it on fresh data. */
    public static Etcd start(WorkDirectory directory, ConnectionCounts counts)
            throws IOException, InterruptedException {
        int port = FreePort.any();
        String clients = "http://127.0.0.1:" + port;
        String peers = "http://127.0.0.1:" + FreePort.any();
        OwnProcess process = OwnProcess.listening(
                port,
                directory.log("etcd"),
                "etcd",
                "--data-dir=" + directory.make("etcd"),
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers,
                "--log-level=warn");
        return new Etcd(
                process,
                Connections.onLoopback(port, counts.callers()),
                Connections.onLoopback(port, counts.watchers()));
    }

    @Override
    public String title() {
        return "etcd";
    }

    @Override
    public CompletionStage<?> put(int caller, String key, String value) {
        return put(caller, key, value, 0);
    }

    @Override
    public CompletionStage<?> get(int caller, String key) {
        // Linearizable unless a serializable read is asked for.
        return Calls.answer(
                KVGrpc.newStub(callers.channel(caller))::range,
                RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8(key)).build());
    }

    @Override
    public CompletionStage<?> publish(int caller, String key, String value) {
        return put(caller, key, value, 0);
    }

    @Override
    public AutoCloseable watch(int watcher, Consumer<String> listener) throws InterruptedException {
        return EtcdWatch.begin(watchers.channel(watcher), event -> {
            if (event.getType() == Event.EventType.PUT) {
                listener.accept(event.getKv().getValue().toStringUtf8());
            }
        });
    }

    @Override
    public CompletionStage<Instant> putFor(int caller, String key, Duration life) {
        return Calls.answer(
                        LeaseGrpc.newStub(callers.channel(caller))::leaseGrant,
                        LeaseGrantRequest.newBuilder().setTTL(life.toSeconds()).build())
                .thenCompose(lease -> {
                    // In its favour: the lease counts from before this answer arrived.
                    Instant due = Instant.now().plusSeconds(lease.getTTL());
                    return put(caller, key, "", lease.getID()).thenApply(put -> due);
                });
    }

    @Override
    public AutoCloseable expiries(Consumer<String> listener) throws InterruptedException {
        return EtcdWatch.begin(watchers.channel(0), event -> {
            if (event.getType() == Event.EventType.DELETE) {
                listener.accept(event.getKv().getKey().toStringUtf8());
            }
        });
    }

    @Override
    public void close() {
        callers.close();
        watchers.close();
        process.close();
    }

    private CompletionStage<?> put(int caller, String key, String value, long lease) {
        return Calls.answer(
                KVGrpc.newStub(callers.channel(caller))::put,
                PutRequest.newBuilder()
                        .setKey(ByteString.copyFromUtf8(key))
                        .setValue(ByteString.copyFromUtf8(value))
                        .setLease(lease)
                        .build());
    }
}
