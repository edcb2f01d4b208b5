package io.aftercall.rpc;

import io.aftercall.agent.AgentId;
import io.aftercall.api.v1.DeletePolicyRequest;
import io.aftercall.api.v1.DeletePolicyResponse;
import io.aftercall.api.v1.GetEffectivePolicyRequest;
import io.aftercall.api.v1.GetEffectivePolicyResponse;
import io.aftercall.api.v1.GetPolicyRequest;
import io.aftercall.api.v1.GetPolicyResponse;
import io.aftercall.api.v1.ListPoliciesRequest;
import io.aftercall.api.v1.ListPoliciesResponse;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyConditions;
import io.aftercall.api.v1.PolicyServiceGrpc;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.api.v1.UpdatePolicyResponse;
import io.aftercall.engine.PolicyEditor;
import io.aftercall.engine.PolicyStore;
import io.aftercall.feed.ServedTenant;
import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.PolicyContext;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyKey;
import io.aftercall.policy.PolicyRules;
import io.aftercall.security.Caller;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** {@code PolicyService}. */
@GrpcService
final class PolicyGrpc extends PolicyServiceGrpc.PolicyServiceImplBase {

    private final PolicyStore store;
    private final PolicyEditor editor;
    private final ServedTenant.Directory tenants;

    PolicyGrpc(PolicyStore store, PolicyEditor editor, ServedTenant.Directory tenants) {
        this.store = store;
        this.editor = editor;
        this.tenants = tenants;
    }

    @Override
    public void updatePolicy(UpdatePolicyRequest request, StreamObserver<UpdatePolicyResponse> observer) {
        Answers.answer(observer, () -> update(Caller.ANONYMOUS, request), policy -> UpdatePolicyResponse.newBuilder()
                .setPolicy(PolicyProto.write(policy))
                .setRevision(policy.revision())
                .build());
    }

    @Override
    public void getPolicy(GetPolicyRequest request, StreamObserver<GetPolicyResponse> observer) {
        Answers.answer(
                observer,
                () -> editor.get(
                        Caller.ANONYMOUS.tenant(),
                        key(request.getScope(), request.getScopeId(), request.getConditions())),
                policy -> GetPolicyResponse.newBuilder()
                        .setPolicy(PolicyProto.write(policy))
                        .build());
    }

    @Override
    public void getEffectivePolicy(
            GetEffectivePolicyRequest request, StreamObserver<GetEffectivePolicyResponse> observer) {
        Answers.answer(observer, () -> effective(Caller.ANONYMOUS, request), PolicyGrpc::write);
    }

    @Override
    public void listPolicies(ListPoliciesRequest request, StreamObserver<ListPoliciesResponse> observer) {
        Answers.answer(observer, () -> list(Caller.ANONYMOUS, request), page -> page);
    }

    @Override
    public void deletePolicy(DeletePolicyRequest request, StreamObserver<DeletePolicyResponse> observer) {
        Answers.answer(observer, () -> delete(Caller.ANONYMOUS, request), revision -> DeletePolicyResponse.newBuilder()
                .setRevision(revision)
                .build());
    }

    private CompletionStage<AcwPolicy> update(Caller caller, UpdatePolicyRequest request) {
        FieldReader fields = new FieldReader();
        if (!request.hasPolicy()) {
            fields.violations().add("policy", "is required");
        }
        Policy policy = request.getPolicy();
        PolicyKey key =
                PolicyProto.readKey(fields, "policy.", policy.getScope(), policy.getScopeId(), policy.getConditions());
        PolicyRules rules = new RulesReader(fields).read(policy);
        Collection<PolicyField<?>> named = named(fields, request, rules);
        if (key != null) {
            PolicyProto.inRequest(AcwPolicy.violations(key, rules)).forEach(fields.violations()::add);
        }
        fields.violations().throwIfAny();
        return editor.update(caller.tenant(), key, rules, named, etag(policy.getEtag()), caller.subject());
    }

    private static Collection<PolicyField<?>> named(
            FieldReader fields, UpdatePolicyRequest request, PolicyRules rules) {
        if (!request.hasUpdateMask()) {
            List<PolicyField<?>> set = rules.fields().toList();
            if (set.isEmpty() && fields.violations().none()) {
                fields.violations().add("policy", "sets no rule, and no update_mask says which to clear");
            }
            return set;
        }
        Set<PolicyField<?>> named = new LinkedHashSet<>();
        for (String path : request.getUpdateMask().getPathsList()) {
            PolicyField.named(path).ifPresentOrElse(named::add, () -> fields.violations()
                    .add("update_mask", "names a field that is no rule"));
        }
        if (named.isEmpty()) {
            fields.violations().add("update_mask", "names no rule");
        }
        return named;
    }

    private CompletionStage<EffectivePolicy> effective(Caller caller, GetEffectivePolicyRequest request) {
        FieldReader fields = new FieldReader();
        AgentId agentId = fields.agentId(request.getAgentId());
        String queueId = fields.optionalId("queue_id", request.getQueueId());
        Channel channel = fields.optionalChoice("channel", request.getChannel(), Channel.class);
        Direction direction = fields.optionalChoice("direction", request.getDirection(), Direction.class);
        fields.violations().throwIfAny();
        ServedTenant tenant = tenants.of(caller.tenant());
        return tenant.barrier()
                .pass()
                .thenCompose(now -> tenant.policies().refresh())
                .thenApply(cascade -> {
                    String teamId = tenant.feed()
                            .agent(agentId)
                            .map(agent -> agent.state().profile().teamId())
                            .orElse(null);
                    return cascade.effective(new PolicyContext(agentId.value(), teamId, queueId, channel, direction));
                });
    }

    private CompletionStage<ListPoliciesResponse> list(Caller caller, ListPoliciesRequest request) {
        FieldReader fields = new FieldReader();
        int size = Pages.size(fields, request.getPageSize());
        Optional<PolicyKey> after = Pages.position(request.getPageToken(), Pages.POLICIES, PolicyProto::readPlace);
        fields.violations().throwIfAny();
        return store.list(caller.tenant(), after, size + 1).thenApply(found -> {
            List<AcwPolicy> page = found.subList(0, Math.min(size, found.size()));
            ListPoliciesResponse.Builder response = ListPoliciesResponse.newBuilder();
            page.forEach(policy -> response.addPolicies(PolicyProto.write(policy)));
            if (found.size() > size) {
                PolicyKey last = page.get(size - 1).key();
                response.setNextPageToken(Pages.token(PolicyProto.writePlace(last), Pages.POLICIES));
            }
            return response.build();
        });
    }

    private CompletionStage<Long> delete(Caller caller, DeletePolicyRequest request) {
        PolicyKey key = key(request.getScope(), request.getScopeId(), request.getConditions());
        return editor.delete(caller.tenant(), key, etag(request.getEtag()), caller.subject());
    }

    private static PolicyKey key(io.aftercall.api.v1.PolicyScope scope, String scopeId, PolicyConditions conditions) {
        FieldReader fields = new FieldReader();
        PolicyKey key = PolicyProto.readKey(fields, "", scope, scopeId, conditions);
        fields.violations().throwIfAny();
        return key;
    }

    private static Optional<String> etag(String etag) {
        return etag.isEmpty() ? Optional.empty() : Optional.of(etag);
    }

    private static GetEffectivePolicyResponse write(EffectivePolicy policy) {
        GetEffectivePolicyResponse.Builder response =
                GetEffectivePolicyResponse.newBuilder().setPolicy(PolicyProto.write(policy));
        policy.provenance()
                .forEach((field, source) -> response.putProvenance(field.name(), PolicyProto.writeProvenance(source)));
        return response.build();
    }
}
