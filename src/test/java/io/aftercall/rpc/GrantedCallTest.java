package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.aftercall.agent.AgentId;
import io.aftercall.api.v1.AcwReportQuery;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.BatchGetEffectivePoliciesRequest;
import io.aftercall.api.v1.GetAcwReportRequest;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.GetEffectivePolicyRequest;
import io.aftercall.api.v1.ListAgentStatesRequest;
import io.aftercall.api.v1.ListDispositionsRequest;
import io.aftercall.api.v1.ReportDimension;
import io.aftercall.api.v1.SearchWrapUpsRequest;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.engine.TenantId;
import io.aftercall.security.Caller;
import io.aftercall.security.Permissions;
import io.aftercall.security.Role;
import io.aftercall.security.Teams;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every two roles in one pair of hands: a supervisor is one of the team blue, which the agent ada is in. */
class GrantedCallTest {

    private static final Teams TEAMS = agent -> Optional.ofNullable(
            Map.of("ada", "blue", "ben", "blue", "cid", "red").get(agent.value()));

    private static final List<List<String>> SEVERAL = List.of(
            List.of("ada"), List.of("cid"), List.of("nobody"), List.of("ada", "ben"), List.of("ben", "ada", "cid"));

    private static final Map<Message, String> CALLS = new LinkedHashMap<>();

    static {
        for (String agent : List.of("ada", "ben", "cid", "nobody")) {
            call(GetAgentStateRequest.newBuilder().setAgentId(agent).build(), "AgentStateService/GetAgentState");
            call(effective(agent), "PolicyService/GetEffectivePolicy");
        }
        for (AgentStateFilter.Builder filter : List.of(
                filter(List.of(), List.of()),
                filter(List.of("ada"), List.of()),
                filter(List.of("ben"), List.of()),
                filter(List.of("ada", "cid"), List.of()),
                filter(List.of(), List.of("blue")),
                filter(List.of(), List.of("red")),
                filter(List.of(), List.of("blue", "red")),
                filter(List.of("ada"), List.of("red")),
                filter(List.of("no good"), List.of("")),
                filter(List.of(), List.of()).putLabels("floor", "2"),
                filter(List.of("ada"), List.of()).putLabels("floor", "2"))) {
            call(ListAgentStatesRequest.newBuilder().setFilter(filter).build(), "AgentStateService/ListAgentStates");
            call(
                    StreamAgentStatesRequest.newBuilder().setFilter(filter).build(),
                    "AgentStateService/StreamAgentStates");
            for (List<ReportDimension> groupBy :
                    List.of(List.<ReportDimension>of(), List.of(ReportDimension.REPORT_DIMENSION_AGENT))) {
                call(
                        GetAcwReportRequest.newBuilder()
                                .setQuery(AcwReportQuery.newBuilder()
                                        .addAllAgentIds(filter.getAgentIdsList())
                                        .addAllTeamIds(filter.getTeamIdsList())
                                        .addAllGroupBy(groupBy))
                                .build(),
                        "ReportService/GetAcwReport");
            }
            call(
                    SearchWrapUpsRequest.newBuilder()
                            .addAllAgentIds(filter.getAgentIdsList())
                            .addAllTeamIds(filter.getTeamIdsList())
                            .build(),
                    "WrapUpService/SearchWrapUps");
        }
        call(ListDispositionsRequest.getDefaultInstance(), "DispositionService/ListDispositions");
        SEVERAL.forEach(agents -> call(effective(agents), "PolicyService/BatchGetEffectivePolicies"));
    }

    private static Message effective(String agent) {
        return GetEffectivePolicyRequest.newBuilder().setAgentId(agent).build();
    }

    private static Message effective(List<String> agents) {
        return BatchGetEffectivePoliciesRequest.newBuilder()
                .addAllAgentIds(agents)
                .build();
    }

    private static void call(Message message, String name) {
        CALLS.put(message, "acw.v1." + name);
    }

    private static AgentStateFilter.Builder filter(List<String> agentIds, List<String> teamIds) {
        return AgentStateFilter.newBuilder().addAllAgentIds(agentIds).addAllTeamIds(teamIds);
    }

    /** What somebody gets: nothing, or what he asked for as far as he reaches it, with or without what is personal. */
    private record Answer(boolean personal, Message about) {}

    private static Optional<Answer> answer(Message message, Set<String> teams, Role... roles) {
        Caller caller =
                new Caller(TenantId.DEFAULT, "who", Set.copyOf(List.of(roles)), Optional.of(new AgentId("ada")), teams);
        return Permissions.of(caller, CALLS.get(message))
                .flatMap(grant -> GrantedCall.of(message, grant, TEAMS))
                .map(granted -> new Answer(granted.grant().personal(), granted.message()));
    }

    @Test
    void whoHasTwoRolesIsAnsweredAsOneOfThemWouldBe() {
        Set<String> wrong = new TreeSet<>();
        for (Set<String> teams : List.of(Set.of("blue"), Set.<String>of())) {
            for (Role one : Role.values()) {
                for (Role other : Role.values()) {
                    if (one == other) {
                        continue;
                    }
                    for (Message message : CALLS.keySet()) {
                        Set<Optional<Answer>> alone = new HashSet<>();
                        alone.add(answer(message, teams, one));
                        alone.add(answer(message, teams, other));
                        if (alone.size() > 1) {
                            alone.remove(Optional.empty());
                        }
                        if (!alone.contains(answer(message, teams, one, other))) {
                            wrong.add("%s and %s of %s: %s".formatted(one, other, teams, message));
                        }
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void severalAgentsAreAnsweredWhereEachOfThemWouldBe() {
        Set<String> wrong = new TreeSet<>();
        for (List<String> agents : SEVERAL) {
            for (Set<String> teams : List.of(Set.of("blue"), Set.of("red"), Set.<String>of())) {
                for (Role one : Role.values()) {
                    for (Role other : Role.values()) {
                        boolean each = agents.stream().allMatch(agent -> answer(effective(agent), teams, one, other)
                                .isPresent());
                        if (answer(effective(agents), teams, one, other).isPresent() != each) {
                            wrong.add("%s and %s of %s: %s".formatted(one, other, teams, agents));
                        }
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void whatAnAgentSeesOfHimselfAViewerSeesOfNobody() {
        Message own = ListAgentStatesRequest.newBuilder()
                .setFilter(filter(List.of("ada"), List.of()))
                .build();
        Message all = ListAgentStatesRequest.newBuilder()
                .setFilter(filter(List.of(), List.of()))
                .build();

        assertThat(answer(own, Set.of(), Role.AGENT, Role.VIEWER)).contains(new Answer(true, own));
        assertThat(answer(all, Set.of(), Role.AGENT, Role.VIEWER)).contains(new Answer(false, all));
        assertThat(answer(all, Set.of(), Role.ADMIN, Role.VIEWER)).contains(new Answer(false, all));
        assertThat(answer(all, Set.of(), Role.ROUTER, Role.VIEWER)).contains(new Answer(true, all));
        assertThat(answer(all, Set.of(), Role.SUPERVISOR, Role.VIEWER)).contains(new Answer(true, all));
        assertThat(answer(all, Set.of("blue"), Role.SUPERVISOR, Role.VIEWER)).contains(new Answer(false, all));
    }

    @Test
    void whatAViewerMayNotAskTheOtherRoleAnswersAsFarAsItReaches() {
        Message byAgent = GetAcwReportRequest.newBuilder()
                .setQuery(AcwReportQuery.newBuilder().addGroupBy(ReportDimension.REPORT_DIMENSION_AGENT))
                .build();

        assertThat(answer(byAgent, Set.of(), Role.VIEWER)).isEmpty();
        assertThat(answer(byAgent, Set.of(), Role.AGENT, Role.VIEWER))
                .isEqualTo(answer(byAgent, Set.of(), Role.AGENT))
                .isPresent();
    }
}
