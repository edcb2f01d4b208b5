package io.aftercall.bench.stage;

import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamDelivery;
import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import io.aftercall.bench.client.SilentSubscription;
import io.aftercall.bench.process.BenchDatabase;
import io.aftercall.bench.process.JavaTools;
import io.aftercall.bench.process.PackagedServer;
import io.aftercall.bench.process.WorkDirectory;
import io.aftercall.simulator.StateSubscription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What subscribers cost who never read: a server of its own has them, and far more changes for each than a connection
 * holds. What memory it has then, less what it had before they came, is theirs. Takes as long as it takes, whatever
 * the duration.
 */
public final class SilentStage implements Stage {
    /** Live heap and memory outside of it, in KiB for each. */
    public static final String MEMORY = "KiB per stream";

    /** What subscribers can ask for. */
    public static final List<StreamDelivery> DELIVERIES =
            List.of(StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE, StreamDelivery.STREAM_DELIVERY_CONFLATED);

    private static final int WRITERS = 64;
    private static final int TURNS = 32;
    private static final int AGENTS = 1_000;

    /** Nobody is ended for his silence, and the changes in memory are as many before as after. */
    private static final Map<String, String> SETTINGS = Map.of(
            "AFTERCALL_STREAM_MAX_LAG", "1h",
            "AFTERCALL_FEED_RING_CAPACITY", "2048",
            "JAVA_TOOL_OPTIONS", JavaTools.TRACKING);

    private final Path parent;
    private final int streams;
    private final StreamDelivery delivery;

    /**
     * Measures so many subscribers.
     *
     * @param parent where the database's directory is made
     * @param streams up to 1,000
     */
    SilentStage(Path parent, int streams, StreamDelivery delivery) {
        this.parent = parent;
        this.streams = streams;
        this.delivery = delivery;
    }

    /** Returns a stage for those who want every change and one for those who take the latest state. */
    public static Stream<Stage> ofEachDelivery(Path parent, int streams) {
        return DELIVERIES.stream().map(delivery -> new SilentStage(parent, streams, delivery));
    }

    /** Returns the name of what is found. */
    public static String name(int streams, StreamDelivery delivery) {
        return "%,d silent subscribers, %s".formatted(streams, delivery.name().substring("STREAM_DELIVERY_".length()));
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        Failures failures = new Failures();
        try (WorkDirectory directory = WorkDirectory.below(parent);
                BenchDatabase database = BenchDatabase.start(directory);
                PackagedServer server = PackagedServer.start(directory.log("server"), database, SETTINGS);
                Connections writers = server.connect(4);
                Connections watchers = server.connectNarrow(10)) {
            write(writers, failures);
            String token = currentToken(writers, failures);
            Memory without = Memory.of(server.handle());
            List<SilentSubscription> silent = open(watchers, token, failures);
            write(writers, failures);
            failures.count(
                    "subscriber hears nothing",
                    silent.stream().filter(subscriber -> !subscriber.heard()).count());
            Memory with = Memory.of(server.handle());
            silent.forEach(SilentSubscription::close);
            double heap = (with.heap - without.heap) / 1024.0 / streams;
            double outside = (with.outside - without.outside) / 1024.0 / streams;
            return List.of(Measurement.ofFigures(name(streams, delivery), failures)
                    .with(MEMORY, heap + outside)
                    .with("of it heap", heap));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * At one moment.
     *
     * @param heap what a full collection leaves, in bytes
     * @param outside buffers and the like, in bytes
     */
    private record Memory(long heap, long outside) {

        static Memory of(ProcessHandle server) throws IOException {
            // First, as it frees the buffers of what is gone.
            long heap = JavaTools.liveHeap(server);
            return new Memory(heap, JavaTools.outsideHeap(server));
        }
    }

    /** All read the same, so the first token will do for them. */
    private List<SilentSubscription> open(Connections watchers, String token, Failures failures) {
        StreamAgentStatesRequest request = StreamAgentStatesRequest.newBuilder()
                .setDelivery(delivery)
                .setResumeToken(token)
                .build();
        return IntStream.range(0, streams)
                .mapToObj(n -> new SilentSubscription(watchers.channel(n), request, failures))
                .toList();
    }

    private static String currentToken(Connections connections, Failures failures) throws InterruptedException {
        try (StateSubscription first = new StateSubscription(
                connections.channel(0), StreamAgentStatesRequest.getDefaultInstance(), response -> {})) {
            if (!Await.until(first::caughtUp, 30)) {
                failures.count("snapshot not complete within 30 s", 1);
            }
            return first.token();
        }
    }

    /** Some 300 bytes for each change, and 600 KB in all: ten times what is on its way to each. */
    private static void write(Connections writers, Failures failures) throws InterruptedException {
        Calls calls = new Calls(new Latencies(), failures);
        new ClosedLoop(WRITERS, (writer, turn) -> change(writers, calls, writer * TURNS + turn)).runTurns(TURNS);
    }

    private static CompletableFuture<?> change(Connections writers, Calls calls, int number) {
        return calls.send(
                AgentStateServiceGrpc.newStub(writers.channel(number))::setPresence,
                SetPresenceRequest.newBuilder()
                        .setAgentId("bench-silent-" + number % AGENTS)
                        .setPresence(Presence.PRESENCE_NOT_READY)
                        // Another one each time, as nothing changes otherwise.
                        .setNotReadyReason("R".repeat(100) + number)
                        .build());
    }
}
