package io.aftercall.bench.stage;

import io.aftercall.bench.client.Failures;
import io.aftercall.bench.process.BenchDatabase;
import io.aftercall.bench.process.JavaTools;
import io.aftercall.bench.process.PackagedServer;
import io.aftercall.bench.process.WorkDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What idle agents cost: a server of its own is started without and with them, and the differences in live heap and in
 * time until it is ready are theirs. Takes as long as it takes, whatever the duration.
 */
public final class MemoryStage implements Stage {
    /** Live heap over that of a server without agents, in KiB for each. */
    public static final String HEAP = "heap KiB per agent";

    /** Time until ready over that of a server without agents, in seconds. */
    public static final String LOAD = "load s";

    private final Path parent;
    private final int agents;

    /**
     * Measures so many agents.
     *
     * @param parent where the database's directory is made
     */
    public MemoryStage(Path parent, int agents) {
        this.parent = parent;
        this.agents = agents;
    }

    /** Returns the name of what is found. */
    public static String name(int agents) {
        return "%,d idle agents".formatted(agents);
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        try (WorkDirectory directory = WorkDirectory.below(parent);
                BenchDatabase database = BenchDatabase.start(directory)) {
            Path log = directory.log("server");
            registerOne(log, database);
            Start without = start(log, database);
            LoadedAgents.copyFirst(database, agents);
            Start with = start(log, database);
            return List.of(Measurement.ofFigures(name(agents), new Failures())
                    .with(HEAP, (with.heap - without.heap) / 1024.0 / agents)
                    .with(LOAD, with.time - without.time)
                    .with("ready after s", with.time));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One start.
     *
     * @param time until ready, in seconds
     * @param heap the live heap, in bytes
     */
    private record Start(double time, long heap) {}

    private static Start start(Path log, BenchDatabase database) throws IOException, InterruptedException {
        try (PackagedServer server = PackagedServer.start(log, database)) {
            return new Start(server.startTime().toNanos() / 1e9, JavaTools.liveHeap(server.handle()));
        }
    }

    /** The first start makes the tables too, so it is not measured. */
    private static void registerOne(Path log, BenchDatabase database) throws IOException, InterruptedException {
        try (PackagedServer server = PackagedServer.start(log, database)) {
            LoadedAgents.registerFirst(server);
        }
    }
}
