package io.aftercall.rpc;

import com.google.protobuf.Message;
import io.aftercall.agent.AgentId;
import io.aftercall.api.v1.AcwReportQuery;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.BatchGetEffectivePoliciesRequest;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.CreateFollowUpRequest;
import io.aftercall.api.v1.DeletePolicyRequest;
import io.aftercall.api.v1.EndAcwsRequest;
import io.aftercall.api.v1.EscalateFollowUpRequest;
import io.aftercall.api.v1.ExportAcwReportRequest;
import io.aftercall.api.v1.ExtendAcwRequest;
import io.aftercall.api.v1.GetAcwReportRequest;
import io.aftercall.api.v1.GetAgentDayRequest;
import io.aftercall.api.v1.GetAgentRequest;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.GetDispositionRequest;
import io.aftercall.api.v1.GetEffectivePolicyRequest;
import io.aftercall.api.v1.GetFollowUpRequest;
import io.aftercall.api.v1.GetPaddingReportRequest;
import io.aftercall.api.v1.GetPolicyRequest;
import io.aftercall.api.v1.GetWrapUpRequest;
import io.aftercall.api.v1.ListAgentStatesRequest;
import io.aftercall.api.v1.ListAgentsRequest;
import io.aftercall.api.v1.ListCustomerWrapUpsRequest;
import io.aftercall.api.v1.ListDispositionsRequest;
import io.aftercall.api.v1.ListFollowUpsRequest;
import io.aftercall.api.v1.ListPoliciesRequest;
import io.aftercall.api.v1.ListPolicyRevisionsRequest;
import io.aftercall.api.v1.ListTagsRequest;
import io.aftercall.api.v1.ListWrapUpsToCompleteRequest;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.PreviewEmailRequest;
import io.aftercall.api.v1.RequestAcwRequest;
import io.aftercall.api.v1.RollbackPolicyRequest;
import io.aftercall.api.v1.SaveWrapUpRequest;
import io.aftercall.api.v1.SearchWrapUpsRequest;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.TakeFollowUpRequest;
import io.aftercall.api.v1.UpdateFollowUpRequest;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.interaction.Identifier;
import io.aftercall.security.Grant;
import io.aftercall.security.Permissions;
import io.aftercall.security.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a message asks for: with which line of the permissions, about whom, and how it is kept to what one may see. */
final class CallDemand {

    private CallDemand() {}

    /** The line of {@link Permissions} for this message of a call. */
    static String call(String call, Message message) {
        if (message instanceof CompleteAcwRequest complete && complete.getForce()) {
            return call + Permissions.WITH_FORCE;
        }
        if (message instanceof ExtendAcwRequest extend && extend.getOverride()) {
            return call + Permissions.WITH_OVERRIDE;
        }
        return call;
    }

    /** Whom it is about. What is not listed is about the whole tenant. */
    static Target target(Message message) {
        if (message instanceof CompleteAcwRequest request) {
            return agent(request.getAgentId());
        }
        if (message instanceof ExtendAcwRequest request) {
            return agent(request.getAgentId());
        }
        if (message instanceof RequestAcwRequest request) {
            return agent(request.getAgentId());
        }
        if (message instanceof EndAcwsRequest request) {
            return team(request.getTeamId());
        }
        if (message instanceof GetAgentStateRequest request) {
            return agent(request.getAgentId());
        }
        if (message instanceof SetPresenceRequest request) {
            return agent(request.getAgentId());
        }
        if (message instanceof GetAgentRequest request) {
            return agent(request.getAgentId());
        }
        if (message instanceof GetAgentDayRequest request) {
            return agent(request.getAgentId());
        }
        if (message instanceof CreateFollowUpRequest request) {
            return agent(request.getAgentId());
        }
        if (message instanceof GetFollowUpRequest request) {
            return agent(request.getAgentId());
        }
        if (message instanceof UpdateFollowUpRequest request) {
            return agent(request.getAgentId());
        }
        if (message instanceof EscalateFollowUpRequest request) {
            return agent(request.getAgentId());
        }
        if (message instanceof TakeFollowUpRequest request) {
            return agent(request.getAgentId());
        }
        if (message instanceof SaveWrapUpRequest request) {
            return agent(request.getAgentId());
        }
        if (message instanceof GetWrapUpRequest request) {
            return agent(request.getAgentId());
        }
        if (message instanceof PreviewEmailRequest request) {
            return agent(request.getAgentId());
        }
        if (message instanceof GetEffectivePolicyRequest request) {
            return effective(request);
        }
        if (message instanceof BatchGetEffectivePoliciesRequest request && request.getAgentIdsCount() > 0) {
            return new Target.Each(
                    request.getAgentIdsList().stream().map(CallDemand::agent).toList());
        }
        if (message instanceof GetPolicyRequest request) {
            return toRead(request.getScope(), request.getScopeId());
        }
        if (message instanceof UpdatePolicyRequest request) {
            return toChange(request.getPolicy().getScope(), request.getPolicy().getScopeId());
        }
        if (message instanceof DeletePolicyRequest request) {
            return toChange(request.getScope(), request.getScopeId());
        }
        if (message instanceof RollbackPolicyRequest request) {
            return toChange(request.getScope(), request.getScopeId());
        }
        // All choose from the same catalogue and tags, and serve the same customers. The answers of the others are kept
        // to what the caller reaches.
        return message instanceof ListDispositionsRequest
                        || message instanceof ListTagsRequest
                        || message instanceof ListFollowUpsRequest
                        || message instanceof ListCustomerWrapUpsRequest
                        || message instanceof GetDispositionRequest
                        || message instanceof ListPoliciesRequest
                        || message instanceof ListPolicyRevisionsRequest
                        || filter(message).isPresent()
                ? Target.COMMON
                : Target.TENANT;
    }

    /** As the audit trail names it. */
    static String words(Target target) {
        if (target instanceof Target.Agent agent) {
            return "agents/" + agent.agentId();
        }
        if (target instanceof Target.Team team) {
            return "teams/" + (Identifier.violation(team.teamId()).isPresent() ? "?" : team.teamId());
        }
        return "tenant";
    }

    /** Whom the policy of a scope concerns, for one who wants to read it. */
    static Target toRead(PolicyScope scope, String scopeId) {
        return switch (scope) {
            case POLICY_SCOPE_AGENT, POLICY_SCOPE_TEAM -> toChange(scope, scopeId);
            // All follow these.
            default -> Target.COMMON;
        };
    }

    private static Target effective(GetEffectivePolicyRequest request) {
        return request.getAgentId().isEmpty()
                ? toRead(
                        request.getTeamId().isEmpty() ? PolicyScope.POLICY_SCOPE_TENANT : PolicyScope.POLICY_SCOPE_TEAM,
                        request.getTeamId())
                : agent(request.getAgentId());
    }

    private static Target toChange(PolicyScope scope, String scopeId) {
        return switch (scope) {
            case POLICY_SCOPE_AGENT -> agent(scopeId);
            case POLICY_SCOPE_TEAM -> team(scopeId);
            default -> Target.TENANT;
        };
    }

    static Target agent(String id) {
        return Identifier.violation(id).isPresent() ? Target.TENANT : new Target.Agent(new AgentId(id));
    }

    static Target team(String id) {
        return id.isEmpty() ? Target.TENANT : new Target.Team(id);
    }

    /**
     * The message as it is answered to this caller: one that asks for many gets those whom he reaches.
     *
     * @return empty if it names somebody whom he does not reach, or asks by what he may not see
     */
    static Optional<Message> kept(Message message, Grant grant) {
        Optional<AgentStateFilter> asked = filter(message);
        if (asked.isEmpty()) {
            return Optional.of(message);
        }
        if (!grant.personal() && (asked.get().getLabelsCount() > 0 || ReportReader.tellsAgentsApart(message))) {
            return Optional.empty();
        }
        return grant.wholeTenant()
                ? Optional.of(message)
                : kept(asked.get(), grant).map(filter -> with(message, filter));
    }

    private static Optional<AgentStateFilter> kept(AgentStateFilter asked, Grant grant) {
        if (!grant.teams().isEmpty()) {
            return kept(asked.getTeamIdsList(), grant.teams()).map(teams -> asked.toBuilder()
                    .clearTeamIds()
                    .addAllTeamIds(teams)
                    .build());
        }
        return grant.agent()
                .flatMap(own -> kept(asked.getAgentIdsList(), Set.of(own.value())))
                .map(agents ->
                        asked.toBuilder().clearAgentIds().addAllAgentIds(agents).build());
    }

    private static Optional<Set<String>> kept(List<String> asked, Set<String> reached) {
        Set<String> named = new HashSet<>(asked);
        return named.isEmpty()
                ? Optional.of(reached)
                : reached.containsAll(named) ? Optional.of(named) : Optional.empty();
    }

    /** By whom a message asks for many; empty if it does not. */
    static Optional<AgentStateFilter> filter(Message message) {
        if (message instanceof ListAgentStatesRequest request) {
            return Optional.of(request.getFilter());
        }
        if (message instanceof StreamAgentStatesRequest request) {
            return Optional.of(request.getFilter());
        }
        if (message instanceof ListAgentsRequest request) {
            return Optional.of(AgentStateFilter.newBuilder()
                    .addAllTeamIds(request.getTeamIdsList())
                    .putAllLabels(request.getLabelsMap())
                    .build());
        }
        if (message instanceof ListWrapUpsToCompleteRequest request) {
            return Optional.of(filter(request.getAgentIdsList(), request.getTeamIdsList()));
        }
        if (message instanceof SearchWrapUpsRequest request) {
            return Optional.of(filter(request.getAgentIdsList(), request.getTeamIdsList()));
        }
        if (message instanceof GetAcwReportRequest request) {
            return Optional.of(filter(request.getQuery()));
        }
        if (message instanceof ExportAcwReportRequest request) {
            return Optional.of(filter(request.getQuery()));
        }
        if (message instanceof GetPaddingReportRequest request) {
            return Optional.of(filter(List.of(), request.getTeamIdsList()));
        }
        return Optional.empty();
    }

    private static AgentStateFilter filter(AcwReportQuery query) {
        return filter(query.getAgentIdsList(), query.getTeamIdsList());
    }

    private static AgentStateFilter filter(List<String> agentIds, List<String> teamIds) {
        return AgentStateFilter.newBuilder()
                .addAllAgentIds(agentIds)
                .addAllTeamIds(teamIds)
                .build();
    }

    private static Message with(Message message, AgentStateFilter filter) {
        if (message instanceof ListAgentStatesRequest request) {
            return request.toBuilder().setFilter(filter).build();
        }
        if (message instanceof StreamAgentStatesRequest request) {
            return request.toBuilder().setFilter(filter).build();
        }
        if (message instanceof ListWrapUpsToCompleteRequest request) {
            return request.toBuilder()
                    .clearAgentIds()
                    .addAllAgentIds(filter.getAgentIdsList())
                    .clearTeamIds()
                    .addAllTeamIds(filter.getTeamIdsList())
                    .build();
        }
        if (message instanceof SearchWrapUpsRequest request) {
            return request.toBuilder()
                    .clearAgentIds()
                    .addAllAgentIds(filter.getAgentIdsList())
                    .clearTeamIds()
                    .addAllTeamIds(filter.getTeamIdsList())
                    .build();
        }
        if (message instanceof GetAcwReportRequest request) {
            return request.toBuilder()
                    .setQuery(with(request.getQuery(), filter))
                    .build();
        }
        if (message instanceof ExportAcwReportRequest request) {
            return request.toBuilder()
                    .setQuery(with(request.getQuery(), filter))
                    .build();
        }
        if (message instanceof GetPaddingReportRequest request) {
            return request.toBuilder()
                    .clearTeamIds()
                    .addAllTeamIds(filter.getTeamIdsList())
                    .build();
        }
        return ((ListAgentsRequest) message)
                .toBuilder()
                        .clearTeamIds()
                        .addAllTeamIds(filter.getTeamIdsList())
                        .build();
    }

    private static AcwReportQuery with(AcwReportQuery query, AgentStateFilter filter) {
        return query.toBuilder()
                .clearAgentIds()
                .addAllAgentIds(filter.getAgentIdsList())
                .clearTeamIds()
                .addAllTeamIds(filter.getTeamIdsList())
                .build();
    }
}
