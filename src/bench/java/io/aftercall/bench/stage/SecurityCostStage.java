package io.aftercall.bench.stage;

import io.aftercall.bench.client.Connections;
import io.aftercall.bench.process.BenchDatabase;
import io.aftercall.bench.process.PackagedServer;
import io.aftercall.bench.process.Protection;
import io.aftercall.bench.process.WorkDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What tokens and TLS cost: two servers, one that asks nobody who he is and speaks in plain words, one that asks for a
 * token with every call and speaks TLS. The same load goes to them in turns, one of them at a time.
 */
public final class SecurityCostStage implements Stage {
    /** Throughput with both over throughput without. */
    public static final String RATIO = "of that without";

    private static final int CALLERS = 64;
    private static final String TENANT = "default";

    private final Path parent;

    /**
     * Measures.
     *
     * @param parent where the databases' directories are made
     */
    public SecurityCostStage(Path parent) {
        this.parent = parent;
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        try (WorkDirectory open = WorkDirectory.below(parent);
                WorkDirectory secured = WorkDirectory.below(parent);
                BenchDatabase databaseOfOpen = BenchDatabase.start(open);
                BenchDatabase databaseOfSecured = BenchDatabase.start(secured)) {
            Protection protection = Protection.in(secured);
            try (PackagedServer openServer = PackagedServer.start(open.log("server"), databaseOfOpen);
                    PackagedServer securedServer =
                            PackagedServer.start(secured.log("server"), databaseOfSecured, protection);
                    Connections callers = openServer.connect(4);
                    Connections securedCallers = securedServer.connect(4, protection.router(TENANT))) {
                return Stream.concat(
                                compare(
                                        new WriteStage(callers, CALLERS),
                                        new WriteStage(securedCallers, CALLERS),
                                        duration),
                                compare(
                                        new ReadStage(callers, CALLERS, true),
                                        new ReadStage(securedCallers, CALLERS, true),
                                        duration))
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Measurement> compare(Stage open, Stage secured, Duration duration)
            throws InterruptedException {
        Alternation found = Alternation.of(open, secured, duration);
        return Stream.of(
                found.one().where("open"), found.other().where("tokens and TLS").with(RATIO, found.ratio()));
    }
}
