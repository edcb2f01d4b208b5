package io.aftercall.rpc;

import io.aftercall.agent.AgentStatus;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.ListAgentsRequest;
import io.aftercall.api.v1.ListPoliciesRequest;
import io.aftercall.feed.StateFilter;
import io.aftercall.policy.AcwPolicy;
import io.aftercall.policy.PolicyField;
import io.aftercall.policy.PolicyScope;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Filters in messages. */
final class FilterProto {

    private static final int MAX_AGENTS = 10_000;
    private static final int MAX_QUEUES = 1_000;
    private static final int MAX_TEAMS = 1_000;
    private static final int MAX_SCOPE_IDS = 1_000;

    private FilterProto() {}

    static StateFilter read(FieldReader fields, AgentStateFilter proto) {
        Set<String> agents = ids(fields, "filter.agent_ids", proto.getAgentIdsList(), MAX_AGENTS);
        Set<String> queues = ids(fields, "filter.queue_ids", proto.getQueueIdsList(), MAX_QUEUES);
        Set<AgentStatus> statuses = EnumSet.noneOf(AgentStatus.class);
        for (io.aftercall.api.v1.AgentStatus status : proto.getStatusesList()) {
            AgentStatus known = fields.choice("filter.statuses", status, AgentStatus.class);
            if (known != null) {
                statuses.add(known);
            }
        }
        Set<String> teams = ids(fields, "filter.team_ids", proto.getTeamIdsList(), MAX_TEAMS);
        AgentProto.readLabels(fields, "filter.labels", proto.getLabelsMap());
        return new StateFilter(agents, teams, queues, statuses, proto.getLabelsMap());
    }

    static StateFilter read(FieldReader fields, ListAgentsRequest request) {
        Set<String> teams = ids(fields, "team_ids", request.getTeamIdsList(), MAX_TEAMS);
        AgentProto.readLabels(fields, "labels", request.getLabelsMap());
        return new StateFilter(Set.of(), teams, Set.of(), Set.of(), request.getLabelsMap());
    }

    static Predicate<AcwPolicy> read(FieldReader fields, ListPoliciesRequest request) {
        Set<PolicyScope> scopes = EnumSet.noneOf(PolicyScope.class);
        for (io.aftercall.api.v1.PolicyScope scope : request.getScopesList()) {
            PolicyScope known = fields.choice("scopes", scope, PolicyScope.class);
            if (known != null) {
                scopes.add(known);
            }
        }
        Set<String> ids = ids(fields, "scope_ids", request.getScopeIdsList(), MAX_SCOPE_IDS);
        Set<PolicyField<?>> rules = new HashSet<>();
        for (String rule : request.getRulesList()) {
            PolicyField.named(rule).ifPresentOrElse(rules::add, () -> fields.violations()
                    .add("rules", "names a field that is no rule"));
        }
        return policy -> (scopes.isEmpty() || scopes.contains(policy.key().scope()))
                && (ids.isEmpty() || ids.contains(policy.key().scopeId()))
                && (rules.isEmpty() || rules.stream().anyMatch(policy.rules()::isSet));
    }

    private static Set<String> ids(FieldReader fields, String field, List<String> values, int most) {
        if (values.size() > most) {
            fields.violations().add(field, "may have " + most + " entries at most");
            return Set.of();
        }
        values.forEach(value -> fields.id(field, value));
        return new HashSet<>(values);
    }
}
