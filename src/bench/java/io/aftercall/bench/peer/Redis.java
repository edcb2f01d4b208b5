package io.aftercall.bench.peer;

import io.aftercall.bench.process.FreePort;
import io.aftercall.bench.process.OwnProcess;
import io.aftercall.bench.process.WorkDirectory;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One Redis that appends every write to its file and brings it to disk before it answers. */
public final class Redis implements KeyValueStore, WatchableStore, ExpiringStore, AutoCloseable {
    private static final String CHANGES = "changes";
    private static final String EXPIRED = "__keyevent@0__:expired";

    private final OwnProcess process;
    private final RedisClient client;
    private final List<StatefulRedisConnection<String, String>> callers;

    private Redis(OwnProcess process, RedisClient client, int callers) {
        this.process = process;
        this.client = client;
        this.callers = Stream.generate(client::connect).limit(callers).toList();
    }

    /** Starts it on fresh data. */
    public static Redis start(WorkDirectory directory, ConnectionCounts counts)
            throws IOException, InterruptedException {
        int port = FreePort.any();
        OwnProcess process = OwnProcess.listening(
                port,
                directory.log("redis"),
                "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                directory.make("redis").toAbsolutePath().toString(),
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
                "--notify-keyspace-events",
                "Ex");
        return new Redis(process, RedisClient.create("redis://127.0.0.1:" + port), counts.callers());
    }

    @Override
    public String title() {
        return "Redis";
    }

    @Override
    public CompletionStage<?> put(int caller, String key, String value) {
        return commands(caller).set(key, value);
    }

    @Override
    public CompletionStage<?> get(int caller, String key) {
        return commands(caller).get(key);
    }

    @Override
    public CompletionStage<?> publish(int caller, String key, String value) {
        // On one connection, so the second is executed after the first without waiting for its answer.
        RedisFuture<String> stored = commands(caller).set(key, value);
        return commands(caller).publish(CHANGES, value).thenCombine(stored, (told, ok) -> told);
    }

    /** Every watcher has a connection of his own: a subscription belongs to one. */
    @Override
    public AutoCloseable watch(int watcher, Consumer<String> listener) {
        return subscribe(CHANGES, listener);
    }

    @Override
    public CompletionStage<Instant> putFor(int caller, String key, Duration life) {
        Instant due = Instant.ofEpochMilli(System.currentTimeMillis()).plus(life);
        return commands(caller).set(key, "", SetArgs.Builder.pxAt(due)).thenApply(ok -> due);
    }

    @Override
    public AutoCloseable expiries(Consumer<String> listener) {
        return subscribe(EXPIRED, listener);
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        process.close();
    }

    private AutoCloseable subscribe(String channel, Consumer<String> listener) {
        StatefulRedisPubSubConnection<String, String> connection = client.connectPubSub();
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String from, String message) {
                listener.accept(message);
            }
        });
        connection.sync().subscribe(channel);
        return connection;
    }

    private RedisAsyncCommands<String, String> commands(int caller) {
        return callers.get(caller % callers.size()).async();
    }
}
