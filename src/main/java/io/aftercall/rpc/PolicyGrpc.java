package io.aftercall.rpc;

import io.aftercall.api.v1.BatchGetEffectivePoliciesRequest;
import io.aftercall.api.v1.BatchGetEffectivePoliciesResponse;
import io.aftercall.api.v1.DeletePolicyRequest;
import io.aftercall.api.v1.DeletePolicyResponse;
import io.aftercall.api.v1.GetEffectivePolicyRequest;
import io.aftercall.api.v1.GetEffectivePolicyResponse;
import io.aftercall.api.v1.GetPolicyRequest;
import io.aftercall.api.v1.GetPolicyResponse;
import io.aftercall.api.v1.ListPoliciesRequest;
import io.aftercall.api.v1.ListPoliciesResponse;
import io.aftercall.api.v1.ListPolicyRevisionsRequest;
import io.aftercall.api.v1.ListPolicyRevisionsResponse;
import io.aftercall.api.v1.PolicyServiceGrpc;
import io.aftercall.api.v1.ReportQueuePressureRequest;
import io.aftercall.api.v1.ReportQueuePressureResponse;
import io.aftercall.api.v1.RollbackPolicyRequest;
import io.aftercall.api.v1.RollbackPolicyResponse;
import io.aftercall.api.v1.SimulatePolicyRequest;
import io.aftercall.api.v1.SimulatePolicyResponse;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.api.v1.UpdatePolicyResponse;
import io.aftercall.engine.AcwHistory;
import io.aftercall.engine.PolicyEditor;
import io.aftercall.engine.PolicyNotFound;
import io.aftercall.engine.PolicyRollback;
import io.aftercall.engine.PolicyStore;
import io.aftercall.engine.PolicyUpdate;
import io.aftercall.engine.RequestKey;
import io.aftercall.engine.TenantId;
import io.aftercall.feed.ServedTenant;
import io.aftercall.policy.PolicyChange;
import io.aftercall.policy.PolicyKey;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** {@code PolicyService}. */
@GrpcService
final class PolicyGrpc extends PolicyServiceGrpc.PolicyServiceImplBase {

    private final PolicyStore store;
    private final ServedTenant.Directory tenants;
    private final Commands commands;
    private final AcwHistory history;
    private final LastingRights rights;
    private final ReportTurns turns;
    private final Vertx vertx;

    PolicyGrpc(
            PolicyStore store,
            ServedTenant.Directory tenants,
            Commands commands,
            AcwHistory history,
            LastingRights rights,
            ReportTurns turns,
            Vertx vertx) {
        this.turns = turns;
        this.rights = rights;
        this.store = store;
        this.history = history;
        this.tenants = tenants;
        this.commands = commands;
        this.vertx = vertx;
    }

    @Override
    public void updatePolicy(UpdatePolicyRequest request, StreamObserver<UpdatePolicyResponse> observer) {
        Answers.answer(observer, () -> update(CurrentCall.get(), request), PolicyResults::updated);
    }

    @Override
    public void rollbackPolicy(RollbackPolicyRequest request, StreamObserver<RollbackPolicyResponse> observer) {
        Answers.answer(observer, () -> rollback(CurrentCall.get(), request), PolicyResults::rolledBack);
    }

    @Override
    public void deletePolicy(DeletePolicyRequest request, StreamObserver<DeletePolicyResponse> observer) {
        Answers.answer(observer, () -> delete(CurrentCall.get(), request), result -> DeletePolicyResponse.newBuilder()
                .setRevision(result.revision())
                .build());
    }

    @Override
    public void getPolicy(GetPolicyRequest request, StreamObserver<GetPolicyResponse> observer) {
        Answers.answer(observer, () -> reader(CurrentCall.get()).get(request), response -> response);
    }

    @Override
    public void getEffectivePolicy(
            GetEffectivePolicyRequest request, StreamObserver<GetEffectivePolicyResponse> observer) {
        Answers.answer(observer, () -> effective(CurrentCall.get()).one(request), response -> response);
    }

    @Override
    public void batchGetEffectivePolicies(
            BatchGetEffectivePoliciesRequest request, StreamObserver<BatchGetEffectivePoliciesResponse> observer) {
        Answers.answer(observer, () -> effective(CurrentCall.get()).each(request), response -> response);
    }

    @Override
    public void listPolicies(ListPoliciesRequest request, StreamObserver<ListPoliciesResponse> observer) {
        Answers.answer(observer, () -> reader(CurrentCall.get()).list(request), response -> response);
    }

    @Override
    public void listPolicyRevisions(
            ListPolicyRevisionsRequest request, StreamObserver<ListPolicyRevisionsResponse> observer) {
        Answers.answer(observer, () -> reader(CurrentCall.get()).history(request), response -> response);
    }

    @Override
    public void reportQueuePressure(
            ReportQueuePressureRequest request, StreamObserver<ReportQueuePressureResponse> observer) {
        CurrentCall call = CurrentCall.get();
        Answers.answer(
                observer,
                () -> new PressureReports(call, tenants.of(call.caller().tenant()), commands).report(request),
                response -> response);
    }

    @Override
    public void simulatePolicy(SimulatePolicyRequest request, StreamObserver<SimulatePolicyResponse> observer) {
        CurrentCall call = CurrentCall.get();
        TenantId tenant = call.caller().tenant();
        Runnable still = rights.of(call, PolicyServiceGrpc.getSimulatePolicyMethod());
        new PolicySimulations(tenant, tenants.of(tenant), history, turns, still, observer).run(request);
    }

    private PolicyReader reader(CurrentCall call) {
        return new PolicyReader(call, tenants.of(call.caller().tenant()), store);
    }

    private EffectivePolicyReader effective(CurrentCall call) {
        return new EffectivePolicyReader(tenants.of(call.caller().tenant()));
    }

    private PolicyUpdates updates(CurrentCall call) {
        return new PolicyUpdates(
                call,
                tenants.of(call.caller().tenant()),
                tenants.quotas(call.caller().tenant()).policies().orElseThrow(),
                commands,
                vertx);
    }

    private CompletionStage<PolicyUpdates.Result> update(CurrentCall call, UpdatePolicyRequest request) {
        FieldReader fields = new FieldReader();
        PolicyUpdate update = PolicyRequests.update(fields, request);
        Optional<RequestKey> key = fields.request(
                request.getRequestId(),
                () -> request.toBuilder().clearRequestId().build());
        fields.violations().throwIfAny();
        ServedTenant tenant = tenants.of(call.caller().tenant());
        PolicyUpdates updates = updates(call);
        return tenant.barrier().pass().thenCompose(now -> {
            KnownScopes known = new KnownScopes(tenant.feed());
            if (!request.getAllowMissing()) {
                known.require(fields, update.key());
                fields.violations().throwIfAny();
            }
            Predicate<String> inTeam =
                    agentId -> known.inTeam(agentId, update.key().scopeId());
            PolicyEditor.Decision decision = policies -> updates.aside(() -> update.on(policies, inTeam));
            return request.getValidateOnly()
                    ? updates.preview(decision, request.getApplyToOpenAcws())
                    : updates.make(decision, key, request.getApplyToOpenAcws());
        });
    }

    private CompletionStage<PolicyUpdates.Result> rollback(CurrentCall call, RollbackPolicyRequest request) {
        FieldReader fields = new FieldReader();
        PolicyRollback rollback = PolicyRequests.rollback(fields, request);
        Optional<RequestKey> key = fields.request(
                request.getRequestId(),
                () -> request.toBuilder().clearRequestId().build());
        fields.violations().throwIfAny();
        ServedTenant tenant = tenants.of(call.caller().tenant());
        PolicyEditor.Decision decision = policies -> {
            if (rollback.revision() > policies.revision()) {
                throw GrpcErrors.fromFuture(policies.revision());
            }
            return tenant.editor().rollback(rollback).apply(policies);
        };
        PolicyUpdates updates = updates(call);
        return tenant.barrier()
                .pass()
                .thenCompose(now -> request.getValidateOnly()
                        ? updates.preview(decision, request.getApplyToOpenAcws())
                        : updates.make(decision, key, request.getApplyToOpenAcws()));
    }

    private CompletionStage<PolicyUpdates.Result> delete(CurrentCall call, DeletePolicyRequest request) {
        PolicyKey key = PolicyRequests.key(request.getScope(), request.getScopeId(), request.getConditions());
        PolicyEditor.Decision decision = policies -> {
            var current = policies.policy(key).orElseThrow(() -> new PolicyNotFound(key));
            PolicyUpdate.StaleEtag.throwUnless(key, Optional.of(current), PolicyRequests.etag(request.getEtag()));
            return CompletableFuture.completedFuture(
                    PolicyChange.of(key, current.rules(), io.aftercall.policy.PolicyRules.NONE));
        };
        return updates(call).make(decision, Optional.empty(), false);
    }
}
