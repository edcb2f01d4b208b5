package io.aftercall.bench.stage;

import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.Direction;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyConditions;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.PolicyServiceGrpc;
import io.aftercall.api.v1.PolicyServiceGrpc.PolicyServiceBlockingStub;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.bench.client.Connections;
import io.aftercall.bench.client.ProtoTime;
import io.aftercall.bench.process.BenchDatabase;
import io.aftercall.bench.process.PackagedServer;
import io.aftercall.bench.process.WorkDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What many policies cost those who write: two servers of their own, one with a single policy and nobody but the
 * callers' agents, one with many policies and agents. The same load goes to them in turns, one of them at a time.
 */
public final class PolicyCostStage implements Stage {
    /** Throughput with many over throughput with one. */
    public static final String RATIO = "of that with one policy";

    private static final int CALLERS = 64;

    private final Path parent;
    private final int policies;
    private final int agents;

    /**
     * Measures.
     *
     * @param parent where the databases' directories are made
     * @param policies at least 300: each agent who is written to has one, and so has their queue
     */
    public PolicyCostStage(Path parent, int policies, int agents) {
        this.parent = parent;
        this.policies = policies;
        this.agents = agents;
    }

    @Override
    public List<Measurement> run(Duration duration) throws InterruptedException {
        try (WorkDirectory one = WorkDirectory.below(parent);
                WorkDirectory many = WorkDirectory.below(parent);
                BenchDatabase databaseOfOne = BenchDatabase.start(one);
                BenchDatabase databaseOfMany = BenchDatabase.start(many)) {
            load(many, databaseOfMany);
            try (PackagedServer serverOfOne = PackagedServer.start(one.log("server"), databaseOfOne);
                    PackagedServer serverOfMany = PackagedServer.start(many.log("server"), databaseOfMany);
                    Connections callersOfOne = serverOfOne.connect(4);
                    Connections callersOfMany = serverOfMany.connect(4)) {
                update(callersOfOne, ofTenant());
                makePolicies(callersOfMany);
                Alternation found = Alternation.of(
                        new WriteStage(callersOfOne, CALLERS), new WriteStage(callersOfMany, CALLERS), duration);
                return List.of(
                        found.one().where("1 policy"),
                        found.other()
                                .where("%,d policies and %,d agents".formatted(policies, agents))
                                .with(RATIO, found.ratio()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void load(WorkDirectory directory, BenchDatabase database) throws IOException, InterruptedException {
        try (PackagedServer server = PackagedServer.start(directory.log("server"), database)) {
            LoadedAgents.registerFirst(server);
        }
        LoadedAgents.copyFirst(database, agents - 1);
    }

    /** The tenant's, the queue's with and without conditions, each written agent's, and others' for the rest. */
    private void makePolicies(Connections connections) {
        update(connections, ofTenant());
        Policy.Builder ofQueue =
                Policy.newBuilder().setScope(PolicyScope.POLICY_SCOPE_QUEUE).setScopeId(EndedCalls.QUEUE);
        update(connections, ofQueue.setMaxExtensions(2));
        update(
                connections,
                ofQueue.clearMaxExtensions()
                        .setWarningBeforeEnd(ProtoTime.duration(Duration.ofSeconds(7)))
                        .setConditions(PolicyConditions.newBuilder()
                                .setChannel(Channel.CHANNEL_VOICE)
                                .setDirection(Direction.DIRECTION_INBOUND)));
        int made = 3;
        for (String agentId : AcwPairs.agentIds(CALLERS)) {
            update(connections, ofAgent(agentId, made++));
        }
        while (made < policies) {
            update(connections, ofAgent(LoadedAgents.id(made), made++));
        }
    }

    private static Policy.Builder ofTenant() {
        return Policy.newBuilder()
                .setScope(PolicyScope.POLICY_SCOPE_TENANT)
                .setDuration(ProtoTime.duration(Duration.ofSeconds(60)));
    }

    private static Policy.Builder ofAgent(String agentId, int number) {
        return Policy.newBuilder()
                .setScope(PolicyScope.POLICY_SCOPE_AGENT)
                .setScopeId(agentId)
                .setDuration(ProtoTime.duration(Duration.ofSeconds(60 + number % 60)));
    }

    private static void update(Connections connections, Policy.Builder policy) {
        PolicyServiceBlockingStub policyService = PolicyServiceGrpc.newBlockingStub(connections.channel(0));
        policyService.updatePolicy(UpdatePolicyRequest.newBuilder()
                .setPolicy(policy)
                .setAllowMissing(true)
                .build());
    }
}
