package io.aftercall.bench.stage;

import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AcwServiceGrpc;
import io.aftercall.api.v1.AcwServiceGrpc.AcwServiceBlockingStub;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import io.aftercall.bench.process.BenchDatabase;
import io.aftercall.bench.process.Chromium;
import io.aftercall.bench.process.PackagedServer;
import io.aftercall.bench.process.WorkDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A wall with many agents in a real browser while they change, beside the streams of other browsers: how smooth it is,
 * and how long after its commit a change is on the screen.
 */
public final class FloorStage implements Stage {
    /** Frames a second. */
    public static final String FRAMES = "frames a second";

    /** What 99 of 100 frames did not exceed, in milliseconds. */
    public static final String LONG_FRAME = "frame p99, ms";

    /** From the navigation of a fresh browser until something can be read, in milliseconds. */
    public static final String FIRST_PAINT = "first paint, ms";

    /** The same until agents are there, in milliseconds. */
    public static final String FIRST_TILE = "first agents, ms";

    /** What the page's files took, compressed, in kilobytes. */
    public static final String SIZE = "transferred, KB";

    /** What the other browsers were sent, in megabytes a second. */
    public static final String OTHERS = "sent to the others, MB/s";

    private static final String STREAM = "/api/v1/AgentStateService/StreamAgentStates";
    private static final int BETWEEN_CHANGES_MILLIS = 250;
    private static final EndedCalls ENDED = new EndedCalls();

    private final Path parent;
    private final int agents;
    private final int perSecond;
    private final int streams;

    /**
     * Measures.
     *
     * @param parent where the database's directory is made
     * @param agents how many, at least 2
     * @param perSecond how many of them change a second, 2 to 2,000
     * @param streams of how many other browsers, 0 to 1,000
     */
    public FloorStage(Path parent, int agents, int perSecond, int streams) {
        this.parent = parent;
        this.agents = agents;
        this.perSecond = perSecond;
        this.streams = streams;
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        try (WorkDirectory directory = WorkDirectory.below(parent);
                BenchDatabase database = BenchDatabase.start(directory)) {
            try (PackagedServer first = PackagedServer.start(directory.log("first"), database)) {
                LoadedAgents.registerFirst(first);
            }
            LoadedAgents.copyFirst(database, agents - 1);
            try (PackagedServer server = PackagedServer.start(directory.log("server"), database);
                    Connections routers = server.connect(2);
                    Chromium chromium = Chromium.start();
                    FloorWindow floor = new FloorWindow(chromium.browser(), server.http("/"))) {
                double[] paints = floor.firstPaints();
                double size = floor.transferred() / 1e3;
                return List.of(watch(server, routers, floor, duration)
                        .with(FIRST_PAINT, paints[0])
                        .with(FIRST_TILE, paints[1])
                        .with(SIZE, size));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Measurement watch(PackagedServer server, Connections routers, FloorWindow floor, Duration duration)
            throws InterruptedException {
        Latencies latencies = new Latencies();
        Failures failures = new Failures();
        try (EventStreams others = new EventStreams(server.http(STREAM), streams, agents, failures);
                SteadyWrites writes = new SteadyWrites(routers, new Calls(new Latencies(), failures), perSecond)) {
            floor.note();
            long start = System.nanoTime();
            List<Long> committed = change(AcwServiceGrpc.newBlockingStub(routers.channel(0)), floor, duration);
            long nanos = System.nanoTime() - start;
            List<Long> shown = floor.shown();
            failures.count("changes that were not shown", committed.size() - shown.size());
            for (int i = 0; i < shown.size(); i++) {
                latencies.record(TimeUnit.MILLISECONDS.toNanos(shown.get(i) - committed.get(i)));
            }
            return Measurement.of(
                            "a change on the wall after its commit, " + agents + " agents, " + perSecond
                                    + " changes a second, streams of other browsers: " + streams,
                            latencies.overall(),
                            nanos,
                            failures)
                    .with(FRAMES, floor.framesPerSecond())
                    .with(LONG_FRAME, floor.longFrame())
                    .with(OTHERS, others.bytes() * 1e3 / nanos);
        }
    }

    /** Changes the first agent again and again; returns when that was, by the database's clock in milliseconds. */
    private static List<Long> change(AcwServiceBlockingStub acws, FloorWindow floor, Duration duration) {
        List<Long> committed = new ArrayList<>();
        String agentId = LoadedAgents.id(0);
        for (long passed = 0; passed < duration.toMillis(); passed += 2 * BETWEEN_CHANGES_MILLIS) {
            StartAcwRequest start = ENDED.next(agentId);
            committed.add(since(acws.startAcw(start).getAgentState()));
            floor.pass(BETWEEN_CHANGES_MILLIS);
            committed.add(since(acws.completeAcw(CompleteAcwRequest.newBuilder()
                            .setAgentId(agentId)
                            .setInteractionId(start.getInteraction().getInteractionId())
                            .build())
                    .getAgentState()));
            floor.pass(BETWEEN_CHANGES_MILLIS);
        }
        return committed;
    }

    private static long since(AgentState state) {
        return Timestamps.toMillis(state.getStatusSinceTime());
    }
}
