package io.aftercall.rpc;

import io.aftercall.agent.AgentStatus;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.ListAgentsRequest;
import io.aftercall.feed.StateFilter;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Filters in messages. */
final class FilterProto {

    private static final int MAX_AGENTS = 10_000;
    private static final int MAX_QUEUES = 1_000;
    private static final int MAX_TEAMS = 1_000;

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

    private static Set<String> ids(FieldReader fields, String field, List<String> values, int most) {
        if (values.size() > most) {
            fields.violations().add(field, "may have " + most + " entries at most");
            return Set.of();
        }
        values.forEach(value -> fields.id(field, value));
        return new HashSet<>(values);
    }
}
