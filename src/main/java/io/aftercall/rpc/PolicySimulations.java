package io.aftercall.rpc;

import io.aftercall.api.v1.SimulatePolicyRequest;
import io.aftercall.api.v1.SimulatePolicyResponse;
import io.aftercall.api.v1.SimulatedAcws;
import io.aftercall.api.v1.SimulationFigures;
import io.aftercall.api.v1.SimulationProgress;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.engine.AcwHistory;
import io.aftercall.engine.AcwReplay;
import io.aftercall.engine.PolicyUpdate;
import io.aftercall.engine.TenantId;
import io.aftercall.feed.ServedTenant;
import io.aftercall.forecast.PolicySimulation;
import io.aftercall.forecast.SimulationResult;
import io.aftercall.forecast.SimulationResult.Acws;
import io.aftercall.forecast.SimulationResult.Figures;
import io.aftercall.policy.PolicyCascade;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One simulation: its period, its policies, and what its caller is told on the way. */
final class PolicySimulations {

    private static final Duration LONGEST = Duration.ofDays(92);

    /** Progress is told for each of so many parts of the period. */
    private static final int PARTS = 100;

    private final TenantId id;
    private final ServedTenant tenant;
    private final AcwHistory history;
    private final ReportTurns turns;
    private final Runnable still;
    private final ServerCallStreamObserver<SimulatePolicyResponse> observer;
    private final Context loop = Vertx.currentContext();

    /**
     * @param turns a simulation takes one, as reports do
     * @param still fails when the caller may simulate no more
     */
    PolicySimulations(
            TenantId id,
            ServedTenant tenant,
            AcwHistory history,
            ReportTurns turns,
            Runnable still,
            StreamObserver<SimulatePolicyResponse> observer) {
        this.turns = turns;
        this.still = still;
        this.id = id;
        this.tenant = tenant;
        this.history = history;
        this.observer = (ServerCallStreamObserver<SimulatePolicyResponse>) observer;
    }

    void run(SimulatePolicyRequest request) {
        Answers.tolerateCancel(observer);
        try {
            simulate(request)
                    .whenComplete((result, failure) -> loop.runOnContext(ignored -> {
                        if (failure == null) {
                            observer.onNext(result);
                            observer.onCompleted();
                        } else {
                            observer.onError(GrpcErrors.of(failure));
                        }
                    }));
        } catch (RuntimeException failure) {
            observer.onError(GrpcErrors.of(failure));
        }
    }

    private CompletionStage<SimulatePolicyResponse> simulate(SimulatePolicyRequest request) {
        FieldReader fields = new FieldReader();
        Instant from = fields.time("start_time", request.hasStartTime(), request.getStartTime());
        Instant until = fields.time("end_time", request.hasEndTime(), request.getEndTime());
        requirePeriod(fields, request, from, until);
        UpdatePolicyRequest proposed = UpdatePolicyRequest.newBuilder()
                .setPolicy(request.getPolicy())
                .setUpdateMask(request.getUpdateMask())
                .setResetNarrower(request.getResetNarrower())
                .build();
        PolicyUpdate update = !request.hasPolicy()
                ? null
                : PolicyRequests.update(
                        fields,
                        request.hasUpdateMask()
                                ? proposed
                                : proposed.toBuilder().clearUpdateMask().build());
        fields.violations().throwIfAny();
        return turns.during(
                id, observer::isCancelled, () -> simulate(update, request.getAllowMissing(), fields, from, until));
    }

    private CompletionStage<SimulatePolicyResponse> simulate(
            PolicyUpdate update, boolean allowMissing, FieldReader fields, Instant from, Instant until) {
        return tenant.barrier().pass().thenCompose(now -> {
            KnownScopes known = new KnownScopes(tenant.feed());
            if (update != null && !allowMissing) {
                known.require(fields, update.key());
                fields.violations().throwIfAny();
            }
            return policies(update, known).thenCompose(policies -> {
                PolicySimulation simulation = new PolicySimulation(policies.calm(), known::teamOf);
                return new AcwReplay(id, history, simulation, progress(simulation, from, until), observer::isCancelled)
                        .run(from, until)
                        .thenApply(done -> SimulatePolicyResponse.newBuilder()
                                .setResult(write(simulation.result()))
                                .build());
            });
        });
    }

    private static void requirePeriod(FieldReader fields, SimulatePolicyRequest request, Instant from, Instant until) {
        if (!request.hasStartTime()) {
            fields.violations().add("start_time", "is required");
        }
        if (!request.hasEndTime()) {
            fields.violations().add("end_time", "is required");
        }
        if (from != null && until != null && !from.isBefore(until)) {
            fields.violations().add("end_time", "must be after start_time");
        } else if (from != null && until != null && from.plus(LONGEST).isBefore(until)) {
            fields.violations().add("end_time", "must be 92 days after start_time at most");
        }
    }

    private CompletionStage<PolicyCascade> policies(PolicyUpdate update, KnownScopes known) {
        return tenant.policies()
                .refresh()
                .thenApply(now -> update == null
                        ? now
                        : now.after(update.on(
                                now, agent -> known.inTeam(agent, update.key().scopeId()))));
    }

    private Consumer<Instant> progress(PolicySimulation simulation, Instant from, Instant until) {
        Duration part = Duration.between(from, until).dividedBy(PARTS);
        Instant[] next = {from.plus(part)};
        return through -> {
            still.run();
            if (!through.isBefore(next[0]) && through.isBefore(until)) {
                next[0] = through.plus(part);
                SimulationProgress told = SimulationProgress.newBuilder()
                        .setThroughTime(ProtoTimes.timestamp(through))
                        .setReplayedCount(simulation.replayed())
                        .setFraction((double) Duration.between(from, through).toMillis()
                                / Duration.between(from, until).toMillis())
                        .build();
                loop.runOnContext(ignored -> observer.onNext(
                        SimulatePolicyResponse.newBuilder().setProgress(told).build()));
            }
        };
    }

    private static io.aftercall.api.v1.SimulationResult write(SimulationResult result) {
        io.aftercall.api.v1.SimulationResult.Builder proto =
                io.aftercall.api.v1.SimulationResult.newBuilder().setTotal(write(result.total()));
        result.queues().forEach((queue, figures) -> proto.putQueues(queue, write(figures)));
        return proto.build();
    }

    private static SimulationFigures write(Figures figures) {
        return SimulationFigures.newBuilder()
                .setRecorded(write(figures.recorded()))
                .setSimulated(write(figures.simulated()))
                .setGainedAgentDuration(ProtoTimes.duration(
                        figures.recorded().agentTime().minus(figures.simulated().agentTime())))
                .setUncertainCount(figures.uncertain())
                .build();
    }

    private static SimulatedAcws write(Acws acws) {
        return SimulatedAcws.newBuilder()
                .setAcwCount(acws.count())
                .setTimedOutCount(acws.timedOut())
                .setAgentDuration(ProtoTimes.duration(acws.agentTime()))
                .build();
    }
}
