package io.aftercall.rpc;

import io.aftercall.api.v1.AgentEffectivePolicy;
import io.aftercall.api.v1.BatchGetEffectivePoliciesRequest;
import io.aftercall.api.v1.BatchGetEffectivePoliciesResponse;
import io.aftercall.api.v1.GetEffectivePolicyRequest;
import io.aftercall.api.v1.GetEffectivePolicyResponse;
import io.aftercall.api.v1.PolicyProvenance;
import io.aftercall.feed.ServedTenant;
import io.aftercall.interaction.Channel;
import io.aftercall.interaction.Direction;
import io.aftercall.policy.EffectivePolicy;
import io.aftercall.policy.PolicyCascade;
import io.aftercall.policy.PolicyContext;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Reads what policies come to, from memory after it has been brought up to the database, for one agent or for several. */
final class EffectivePolicyReader {

    private final ServedTenant tenant;

    EffectivePolicyReader(ServedTenant tenant) {
        this.tenant = tenant;
    }

    CompletionStage<GetEffectivePolicyResponse> one(GetEffectivePolicyRequest request) {
        FieldReader fields = new FieldReader();
        String agentId = fields.optionalId("agent_id", request.getAgentId());
        String teamId = fields.optionalId("team_id", request.getTeamId());
        if (agentId != null && teamId != null) {
            fields.violations().add("team_id", "is the agent's own, where agent_id names one");
        }
        String queueId = fields.optionalId("queue_id", request.getQueueId());
        Channel channel = fields.optionalChoice("channel", request.getChannel(), Channel.class);
        Direction direction = fields.optionalChoice("direction", request.getDirection(), Direction.class);
        fields.violations().throwIfAny();
        return policies().thenApply(policies -> {
            EffectivePolicy found = policies.effective(new PolicyContext(
                    agentId, agentId == null ? teamId : teamOf(agentId), queueId, channel, direction));
            return GetEffectivePolicyResponse.newBuilder()
                    .setPolicy(PolicyProto.write(found))
                    .putAllProvenance(provenance(found))
                    .build();
        });
    }

    CompletionStage<BatchGetEffectivePoliciesResponse> each(BatchGetEffectivePoliciesRequest request) {
        FieldReader fields = new FieldReader();
        if (request.getAgentIdsCount() == 0) {
            fields.violations().add("agent_ids", "is required");
        }
        fields.ids("agent_ids", request.getAgentIdsList());
        String queueId = fields.optionalId("queue_id", request.getQueueId());
        Channel channel = fields.optionalChoice("channel", request.getChannel(), Channel.class);
        Direction direction = fields.optionalChoice("direction", request.getDirection(), Direction.class);
        fields.violations().throwIfAny();
        return policies().thenApply(policies -> {
            BatchGetEffectivePoliciesResponse.Builder response = BatchGetEffectivePoliciesResponse.newBuilder();
            for (String agentId : request.getAgentIdsList()) {
                EffectivePolicy found =
                        policies.effective(new PolicyContext(agentId, teamOf(agentId), queueId, channel, direction));
                response.addPolicies(AgentEffectivePolicy.newBuilder()
                        .setAgentId(agentId)
                        .setPolicy(PolicyProto.write(found))
                        .putAllProvenance(provenance(found)));
            }
            return response.build();
        });
    }

    /** The agents, whose teams count, are brought up to the database, too. */
    private CompletionStage<PolicyCascade> policies() {
        return tenant.barrier().pass().thenCompose(now -> tenant.policies().refresh());
    }

    private String teamOf(String agentId) {
        return new KnownScopes(tenant.feed()).teamOf(agentId);
    }

    private static Map<String, PolicyProvenance> provenance(EffectivePolicy policy) {
        return policy.provenance().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().name(), entry -> PolicyProto.writeProvenance(entry.getValue())));
    }
}
