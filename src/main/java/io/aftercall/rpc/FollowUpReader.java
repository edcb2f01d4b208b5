package io.aftercall.rpc;

import io.aftercall.agent.AgentId;
import io.aftercall.api.v1.GetFollowUpRequest;
import io.aftercall.api.v1.GetFollowUpResponse;
import io.aftercall.api.v1.ListFollowUpsRequest;
import io.aftercall.api.v1.ListFollowUpsResponse;
import io.aftercall.engine.FollowUpArchive;
import io.aftercall.engine.FollowUpArchive.Place;
import io.aftercall.engine.FollowUpArchive.Search;
import io.aftercall.engine.TenantId;
import io.aftercall.feed.TenantFeed;
import io.aftercall.followup.FollowUpState;
import io.aftercall.security.Grant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Reads what has been promised, as far as the caller reaches. */
final class FollowUpReader {

    private static final int MOST_REVISIONS = 100;
    private static final int MOST_COUNTED = 10_000;

    private final CurrentCall call;
    private final TenantFeed feed;
    private final FollowUpArchive archive;

    FollowUpReader(CurrentCall call, TenantFeed feed, FollowUpArchive archive) {
        this.call = call;
        this.feed = feed;
        this.archive = archive;
    }

    CompletionStage<GetFollowUpResponse> get(GetFollowUpRequest request) {
        FieldReader fields = new FieldReader();
        AgentId agentId = fields.agentId(request.getAgentId());
        UUID id = fields.uuid("follow_up_id", request.getFollowUpId());
        fields.violations().throwIfAny();
        return archive.find(call.caller().tenant(), id).thenCompose(found -> {
            GetFollowUpResponse.Builder response = GetFollowUpResponse.newBuilder()
                    .setFollowUp(found.filter(followUp -> followUp.holderId().equals(agentId.value()))
                            .map(FollowUpProto::write)
                            .orElseThrow(() -> FollowUpErrors.notFound(
                                    Map.of("agent_id", agentId.value(), "follow_up_id", id.toString()))));
            return request.getWithRevisions()
                    ? archive.replaced(call.caller().tenant(), id, Integer.MAX_VALUE, MOST_REVISIONS)
                            .thenApply(revisions -> response.addAllRevisions(revisions.stream()
                                            .map(FollowUpProto::write)
                                            .toList())
                                    .build())
                    : CompletableFuture.completedFuture(response.build());
        });
    }

    CompletionStage<ListFollowUpsResponse> list(ListFollowUpsRequest request) {
        FieldReader fields = new FieldReader();
        Set<FollowUpState> states = EnumSet.noneOf(FollowUpState.class);
        request.getStatesList().forEach(state -> {
            FollowUpState read = fields.choice("states", state, FollowUpState.class);
            if (read != null) {
                states.add(read);
            }
        });
        Search asked = new Search(
                fields.ids("agent_ids", request.getAgentIdsList()),
                fields.ids("team_ids", request.getTeamIdsList()),
                fields.ids("department_ids", request.getDepartmentIdsList()),
                fields.optionalId("customer_id", request.getCustomerId()),
                states.isEmpty() ? EnumSet.of(FollowUpState.OPEN) : states,
                request.getOverdue());
        int size = Pages.size(fields, request.getPageSize());
        fields.violations().throwIfAny();
        Search search = kept(asked);
        String of = Fingerprint.of(
                request.toBuilder().clearPageSize().clearPageToken().build());
        Optional<Place> after = Pages.position(request.getPageToken(), of, FollowUpReader::place);
        TenantId tenant = call.caller().tenant();
        return archive.list(tenant, search, request.getLatestFirst(), after, size + 1)
                .thenApply(found -> Pages.page(
                        found, size, of, last -> last.details().dueTime() + " " + last.id(), FollowUpProto::write))
                .thenApply(page -> ListFollowUpsResponse.newBuilder()
                        .addAllFollowUps(page.entries())
                        .setNextPageToken(page.next()))
                .thenCompose(page -> request.getWithCount()
                        ? archive.count(tenant, search, MOST_COUNTED)
                                .thenApply(count -> page.setFollowUpCount(count).build())
                        : CompletableFuture.completedFuture(page.build()));
    }

    private static Place place(String words) {
        String[] parts = words.split(" ", 2);
        if (parts.length != 2) {
            throw new IllegalArgumentException("not a place");
        }
        return new Place(Pages.time(parts[0]), UUID.fromString(parts[1]));
    }

    /** What is asked for, if the caller reaches it; what he reaches, if he asks for no one. */
    private Search kept(Search asked) {
        Grant grant = call.grant();
        if (grant.wholeTenant()) {
            return asked;
        }
        Set<String> teams = grant.teams();
        Set<String> agents =
                teams.isEmpty() ? grant.agent().map(own -> Set.of(own.value())).orElse(Set.of()) : ofTeams(teams);
        // Agents may take what is with any team, so they may see it.
        boolean reached = agents.containsAll(asked.holders()) && (teams.isEmpty() || teams.containsAll(asked.teams()));
        if (!reached || agents.isEmpty() && teams.isEmpty()) {
            throw AccessErrors.notPermitted("acw.v1.FollowUpService/ListFollowUps");
        }
        return asked.ofAnybody()
                ? new Search(agents, teams, Set.of(), asked.customerId(), asked.states(), asked.overdue())
                : asked;
    }

    private Set<String> ofTeams(Set<String> teams) {
        return feed.view().agents().stream()
                .map(agent -> agent.state())
                .filter(agent -> agent.profile().team().filter(teams::contains).isPresent())
                .map(agent -> agent.agentId().value())
                .collect(Collectors.toCollection(HashSet::new));
    }
}
