package io.aftercall.bench.stage;

import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.PolicyServiceGrpc;
import io.aftercall.api.v1.PolicyServiceGrpc.PolicyServiceBlockingStub;
import io.aftercall.api.v1.RollbackPolicyRequest;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.api.v1.UpdatePolicyResponse;
import io.aftercall.bench.client.Calls;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.client.Failures;
import io.aftercall.bench.client.Latencies;
import io.aftercall.bench.client.ProtoTime;
import io.aftercall.bench.process.BenchDatabase;
import io.aftercall.bench.process.PackagedServer;
import io.aftercall.bench.process.WorkDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A change of the tenant's policy that clears the same rule in the policies of all agents, and a rollback that restores
 * them, over and over, while others write: how long the change takes, and how long a write meanwhile. On a server of
 * its own, so the first of them is a server's first.
 */
public final class PolicyResetStage implements Stage {
    /** The longest write while nothing is changed, in milliseconds. */
    public static final String QUIET = "longest write before, ms";

    /** The longest write from the server's first change until half a second after its reply, in milliseconds. */
    public static final String FIRST = "longest write meanwhile, first change, ms";

    /** The same for its other changes. */
    public static final String LATER = "later changes, ms";

    private static final int RESETS = 4;
    private static final int WRITES_PER_SECOND = 400;
    private static final Duration SETTLING = Duration.ofMillis(500);

    /** Others like the one who is there. */
    private static final String MORE_POLICIES =
            """
            INSERT INTO policy (tenant_id, scope, scope_id, revision, update_time, rules)
            SELECT p.tenant_id, scope, a.agent_id, p.revision, update_time, rules
            FROM policy p JOIN agent a ON a.tenant_id = p.tenant_id AND a.agent_id <> p.scope_id
            WHERE scope = 'AGENT';
            ANALYZE policy""";

    private final Path parent;
    private final int overrides;

    /**
     * Measures with so many agents, each with a policy.
     *
     * @param parent where the database's directory is made
     */
    public PolicyResetStage(Path parent, int overrides) {
        this.parent = parent;
        this.overrides = overrides;
    }

    /** Returns the name of what is found. */
    public static String name(int overrides) {
        return "UpdatePolicy, %,d overrides reset".formatted(overrides);
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        try (WorkDirectory directory = WorkDirectory.below(parent);
                BenchDatabase database = BenchDatabase.start(directory)) {
            load(directory, database);
            try (PackagedServer server = PackagedServer.start(directory.log("server"), database);
                    Connections callers = server.connect(4);
                    Connections supervisors = server.connect(1)) {
                return List.of(measure(callers, PolicyServiceGrpc.newBlockingStub(supervisors.channel(0)), duration));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void load(WorkDirectory directory, BenchDatabase database) throws IOException, InterruptedException {
        try (PackagedServer server = PackagedServer.start(directory.log("server"), database);
                Connections connections = server.connect(1)) {
            LoadedAgents.registerFirst(server);
            PolicyServiceGrpc.newBlockingStub(connections.channel(0))
                    .updatePolicy(UpdatePolicyRequest.newBuilder()
                            .setPolicy(lasting(90)
                                    .setScope(PolicyScope.POLICY_SCOPE_AGENT)
                                    .setScopeId(LoadedAgents.id(0)))
                            .build());
        }
        LoadedAgents.copyFirst(database, overrides - 1);
        database.execute(MORE_POLICIES);
    }

    private Measurement measure(Connections callers, PolicyServiceBlockingStub policies, Duration duration)
            throws InterruptedException {
        Failures failures = new Failures();
        Latencies writes = new Latencies();
        Latencies resets = new Latencies();
        double quiet;
        double[] meanwhile = new double[RESETS];
        double rollback = 0;
        try (SteadyWrites load = new SteadyWrites(callers, new Calls(writes, failures), WRITES_PER_SECOND)) {
            // The server has started just now, and its first writes are its slowest.
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
            writes.sinceLast();
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
            quiet = writes.sinceLast().max();
            for (int i = 0; i < RESETS; i++) {
                long begin = System.nanoTime();
                UpdatePolicyResponse reset = policies.updatePolicy(UpdatePolicyRequest.newBuilder()
                        .setPolicy(lasting(30 + i).setScope(PolicyScope.POLICY_SCOPE_TENANT))
                        .setResetNarrower(true)
                        .build());
                resets.record(System.nanoTime() - begin);
                failures.count("another number reset", reset.getNarrowerResetCount() == overrides ? 0 : 1);
                TimeUnit.NANOSECONDS.sleep(SETTLING.toNanos());
                meanwhile[i] = writes.sinceLast().max();
                begin = System.nanoTime();
                policies.rollbackPolicy(RollbackPolicyRequest.newBuilder()
                        .setScope(PolicyScope.POLICY_SCOPE_TENANT)
                        .setRevision(reset.getRevision() - 1)
                        .setRestoreNarrower(true)
                        .build());
                rollback = Math.max(rollback, (System.nanoTime() - begin) / 1e6);
                TimeUnit.NANOSECONDS.sleep(SETTLING.toNanos());
                writes.sinceLast();
            }
        }
        return Measurement.of(name(overrides), resets.overall(), duration.toNanos(), failures)
                .with(QUIET, quiet)
                .with(FIRST, meanwhile[0])
                .with(LATER, Arrays.stream(meanwhile).skip(1).max().orElseThrow())
                .with("longest rollback, ms", rollback);
    }

    private static Policy.Builder lasting(long seconds) {
        return Policy.newBuilder().setDuration(ProtoTime.duration(Duration.ofSeconds(seconds)));
    }
}
