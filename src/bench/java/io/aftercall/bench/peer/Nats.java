package io.aftercall.bench.peer;

import io.aftercall.bench.process.FreePort;
import io.aftercall.bench.process.OwnProcess;
import io.aftercall.bench.process.WorkDirectory;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Options;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueWatchOption;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * One NATS with a key-value bucket of JetStream in files. It answers before a write is on disk (2.9 cannot do
 * otherwise), so it is compared only in what it is built for: telling many.
 */
public final class Nats implements WatchableStore, AutoCloseable {
    private static final String BUCKET = "states";

    private final OwnProcess process;
    private final List<Connection> callers;
    private final List<Connection> watchers;

    private Nats(OwnProcess process, List<Connection> callers, List<Connection> watchers) {
        this.process = process;
        this.callers = callers;
        this.watchers = watchers;
    }

    /** Starts it on fresh data. */
    public static Nats start(WorkDirectory directory, ConnectionCounts counts)
            throws IOException, InterruptedException {
        int port = FreePort.any();
        OwnProcess process = OwnProcess.listening(
                port,
                directory.log("nats"),
                "nats-server",
                "--addr=127.0.0.1",
                "--port=" + port,
                "--jetstream",
                "--store_dir=" + directory.make("nats"));
        Nats nats = new Nats(process, connect(port, counts.callers()), connect(port, counts.watchers()));
        try {
            nats.callers
                    .get(0)
                    .keyValueManagement()
                    .create(KeyValueConfiguration.builder()
                            .name(BUCKET)
                            .storageType(StorageType.File)
                            .build());
        } catch (JetStreamApiException e) {
            nats.close();
            throw new IOException("NATS makes no bucket: " + e.getMessage(), e);
        }
        return nats;
    }

    @Override
    public String title() {
        return "NATS";
    }

    @Override
    public CompletionStage<?> publish(int caller, String key, String value) {
        try {
            return callers.get(caller % callers.size())
                    .jetStream()
                    .publishAsync("$KV." + BUCKET + "." + key, value.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public AutoCloseable watch(int watcher, Consumer<String> listener) throws InterruptedException {
        try {
            return watchers.get(watcher % watchers.size())
                    .keyValue(BUCKET)
                    .watchAll(new Values(listener), KeyValueWatchOption.UPDATES_ONLY);
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException("NATS does not watch", e);
        }
    }

    @Override
    public void close() {
        try {
            for (Connection connection : callers) {
                connection.close();
            }
            for (Connection connection : watchers) {
                connection.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.close();
        }
    }

    private static List<Connection> connect(int port, int count) throws IOException, InterruptedException {
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connections.add(io.nats.client.Nats.connect(
                    new Options.Builder().server("nats://127.0.0.1:" + port).build()));
        }
        return connections;
    }

    private record Values(Consumer<String> listener) implements KeyValueWatcher {
        @Override
        public void watch(KeyValueEntry entry) {
            listener.accept(entry.getValueAsString());
        }

        @Override
        public void endOfData() {
            // Updates only: there are no earlier values that could end.
        }
    }
}
