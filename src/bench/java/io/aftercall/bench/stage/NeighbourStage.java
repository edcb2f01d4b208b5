package io.aftercall.bench.stage;

import com.google.protobuf.FieldMask;
import io.aftercall.api.v1.CreateTenantRequest;
import io.aftercall.api.v1.Tenant;
import io.aftercall.api.v1.TenantLimits;
import io.aftercall.api.v1.TenantServiceGrpc;
import io.aftercall.api.v1.TenantServiceGrpc.TenantServiceBlockingStub;
import io.aftercall.api.v1.UpdateTenantRequest;
import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import io.aftercall.bench.process.BenchDatabase;
import io.aftercall.bench.process.PackagedServer;
import io.aftercall.bench.process.Protection;
import io.aftercall.bench.process.WorkDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A tenant that writes at a steady pace, beside another that is silent and then sends as much as it can, in turns: how
 * long a write of the first takes. On a server of its own.
 */
public final class NeighbourStage implements Stage {
    /** The p99 of its writes beside the flood over that beside nobody, the median of the turns. */
    public static final String RATIO = "p99 of that beside nobody";

    private static final int WRITES_PER_SECOND = 200;
    private static final int FLOODING_CALLERS = 64;
    private static final int TURNS = 7;
    private static final int WARM_UP = 4;

    private final Path parent;
    private final int callsPerSecond;

    /**
     * Measures.
     *
     * @param parent where the database's directory is made
     * @param callsPerSecond how many the tenant who floods may make
     */
    public NeighbourStage(Path parent, int callsPerSecond) {
        this.parent = parent;
        this.callsPerSecond = callsPerSecond;
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        try (WorkDirectory directory = WorkDirectory.below(parent);
                BenchDatabase database = BenchDatabase.start(directory)) {
            Protection protection = Protection.in(directory);
            try (PackagedServer server = PackagedServer.start(directory.log("server"), database, protection);
                    Connections operator = server.connect(1, protection.operator());
                    Connections steady = server.connect(4, protection.router("steady"));
                    Connections flooding = server.connect(4, protection.router("flooding"))) {
                TenantServiceBlockingStub tenants = TenantServiceGrpc.newBlockingStub(operator.channel(0));
                create(tenants, "steady");
                create(tenants, "flooding");
                return List.of(measure(steady, flooding, () -> limit(tenants, "flooding"), duration));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(TenantServiceBlockingStub tenants, String tenantId) {
        tenants.createTenant(CreateTenantRequest.newBuilder()
                .setTenant(Tenant.newBuilder().setTenantId(tenantId))
                .build());
    }

    private void limit(TenantServiceBlockingStub tenants, String tenantId) {
        TenantLimits limits =
                TenantLimits.newBuilder().setMaxCallsPerSecond(callsPerSecond).build();
        tenants.updateTenant(UpdateTenantRequest.newBuilder()
                .setTenant(Tenant.newBuilder().setTenantId(tenantId).setLimits(limits))
                .setUpdateMask(FieldMask.newBuilder().addPaths("limits"))
                .build());
    }

    private Measurement measure(Connections steady, Connections flooding, Runnable limit, Duration duration)
            throws InterruptedException {
        Failures failures = new Failures();
        Latencies writes = new Latencies();
        Latencies floods = new Latencies();
        Failures refused = new Failures();
        AcwPairs flood = new AcwPairs(flooding, new Calls(floods, refused));
        ClosedLoop neighbours = new ClosedLoop(FLOODING_CALLERS, flood::write);
        double[] quiet = new double[TURNS];
        double[] beside = new double[TURNS];
        // Nobody is limited yet: what is measured afterwards is a server that has been compiled.
        try (SteadyWrites load = new SteadyWrites(steady, new Calls(new Latencies(), failures), WRITES_PER_SECOND)) {
            neighbours.runFor(duration.multipliedBy(WARM_UP));
        }
        limit.run();
        floods.sinceLast();
        try (SteadyWrites load = new SteadyWrites(steady, new Calls(writes, failures), WRITES_PER_SECOND)) {
            for (int turn = 0; turn < TURNS; turn++) {
                writes.sinceLast();
                TimeUnit.NANOSECONDS.sleep(duration.toNanos());
                quiet[turn] = writes.sinceLast().p99();
                neighbours.runFor(duration);
                beside[turn] = writes.sinceLast().p99();
            }
        }
        double[] ratios = new double[TURNS];
        Arrays.setAll(ratios, turn -> beside[turn] / quiet[turn]);
        return Measurement.of(
                        "writes beside a tenant that floods, allowed %,d calls a second".formatted(callsPerSecond),
                        writes.overall(),
                        duration.multipliedBy(2 * TURNS).toNanos(),
                        failures)
                .with("p99 beside nobody, ms", median(quiet))
                .with("p99 beside the flood, ms", median(beside))
                .with(RATIO, median(ratios))
                .with(
                        "calls of the flood a second",
                        floods.sinceLast().count() / (TURNS * (double) duration.toSeconds()))
                .with(
                        "of them refused a second",
                        refused.counts().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()
                                / ((TURNS + WARM_UP) * (double) duration.toSeconds()));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
