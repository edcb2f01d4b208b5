package io.aftercall.rpc;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentLifecycle;
import io.aftercall.agent.AgentState;
import io.aftercall.api.v1.Consistency;
import io.aftercall.api.v1.GetAgentRequest;
import io.aftercall.api.v1.GetAgentResponse;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.GetAgentStateResponse;
import io.aftercall.api.v1.ListAgentStatesRequest;
import io.aftercall.api.v1.ListAgentStatesResponse;
import io.aftercall.api.v1.ListAgentsRequest;
import io.aftercall.api.v1.ListAgentsResponse;
import io.aftercall.engine.StoredAgent;
import io.aftercall.engine.Submission;
import io.aftercall.feed.ServedTenant;
import io.aftercall.feed.StateFilter;
import io.aftercall.feed.TenantFeed;
import io.aftercall.interaction.Identifier;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads agents from the projection, as fresh as the caller asks. */
final class AgentStateReader {

    private final ServedTenant tenant;

    private record Moment(TenantFeed.View view, Instant time) {}

    private record Page(List<StoredAgent> agents, long revision, String nextToken) {}

    /**
     * @param fingerprint another one for others
     */
    private record Selection(Predicate<AgentState> meant, String fingerprint) {}

    AgentStateReader(ServedTenant tenant) {
        this.tenant = tenant;
    }

    CompletionStage<GetAgentStateResponse> get(GetAgentStateRequest request) {
        FieldReader fields = new FieldReader();
        AgentId agentId = fields.agentId(request.getAgentId());
        requireConsistency(fields, request.getConsistency());
        fields.violations().throwIfAny();
        return get(agentId, request.getConsistency()).thenApply(read -> GetAgentStateResponse.newBuilder()
                .setAgentState(AgentStateProto.write(read.agents().get(0), tenant.forecast()::available))
                .setRevision(read.revision())
                .build());
    }

    CompletionStage<GetAgentResponse> get(GetAgentRequest request) {
        FieldReader fields = new FieldReader();
        AgentId agentId = fields.agentId(request.getAgentId());
        fields.violations().throwIfAny();
        return get(agentId, Consistency.getDefaultInstance()).thenApply(read -> GetAgentResponse.newBuilder()
                .setAgent(AgentProto.write(read.agents().get(0)))
                .build());
    }

    CompletionStage<ListAgentStatesResponse> list(ListAgentStatesRequest request) {
        FieldReader fields = new FieldReader();
        StateFilter filter = FilterProto.read(fields, request.getFilter());
        requireConsistency(fields, request.getConsistency());
        Selection selection = new Selection(filter::matches, Long.toHexString(filter.fingerprint()));
        return list(fields, selection, request.getPageSize(), request.getPageToken(), request.getConsistency())
                .thenApply(page -> {
                    ListAgentStatesResponse.Builder response = ListAgentStatesResponse.newBuilder()
                            .setRevision(page.revision())
                            .setNextPageToken(page.nextToken());
                    page.agents()
                            .forEach(agent -> response.addAgentStates(
                                    AgentStateProto.write(agent, tenant.forecast()::available)));
                    return response.build();
                });
    }

    CompletionStage<ListAgentsResponse> list(ListAgentsRequest request) {
        FieldReader fields = new FieldReader();
        StateFilter filter = FilterProto.read(fields, request);
        String part = request.getIdContains().toLowerCase(Locale.ROOT);
        if (part.length() > Identifier.MAX_LENGTH) {
            fields.violations().add("id_contains", "may have " + Identifier.MAX_LENGTH + " characters at most");
        }
        Selection selection = new Selection(
                state -> filter.matches(state) && has(state.agentId(), part),
                Long.toHexString(filter.fingerprint()) + (part.isEmpty() ? "" : " " + part));
        return list(fields, selection, request.getPageSize(), request.getPageToken(), Consistency.getDefaultInstance())
                .thenApply(page -> {
                    ListAgentsResponse.Builder response = ListAgentsResponse.newBuilder()
                            .setRevision(page.revision())
                            .setNextPageToken(page.nextToken());
                    page.agents().forEach(agent -> response.addAgents(AgentProto.write(agent)));
                    return response.build();
                });
    }

    private CompletionStage<Page> get(AgentId agentId, Consistency consistency) {
        return fresh(consistency, () -> tenant.feed().agent(agentId).stream()).thenApply(now -> {
            long revision = tenant.feed().revision();
            StoredAgent agent = tenant.feed()
                    .agent(agentId)
                    .orElseThrow(() -> GrpcErrors.agentNotFound(Map.of("agent_id", agentId.value())));
            return new Page(List.of(asOf(agent, now)), revision, "");
        });
    }

    private CompletionStage<Page> list(
            FieldReader fields, Selection selection, int pageSize, String pageToken, Consistency consistency) {
        int size = Pages.size(fields, pageSize);
        fields.violations().throwIfAny();
        String of = "agents " + tenant.feed().tenant() + " " + selection.fingerprint();
        Optional<ListingPlace> place = Pages.position(pageToken, of, ListingPlace::read);
        return moment(consistency, place).thenApply(moment -> {
            TenantFeed.View view = moment.view();
            List<StoredAgent> found = view.agents().stream()
                    .filter(agent -> place.isEmpty()
                            || agent.state().agentId().compareTo(place.get().after()) > 0)
                    .map(agent -> asOf(agent, moment.time()))
                    .filter(agent -> selection.meant().test(agent.state()))
                    .sorted(Comparator.comparing(agent -> agent.state().agentId()))
                    .limit(size + 1)
                    .toList();
            if (found.size() <= size) {
                return new Page(found, view.revision(), "");
            }
            AgentId last = found.get(size - 1).state().agentId();
            ListingPlace next = new ListingPlace(view.epoch(), view.revision(), moment.time(), last);
            return new Page(found.subList(0, size), view.revision(), Pages.token(next.write(), of));
        });
    }

    /** The moment that a page shows: the first page chooses it, however much later the others are asked for. */
    private CompletionStage<Moment> moment(Consistency consistency, Optional<ListingPlace> place) {
        if (place.isEmpty()) {
            return fresh(consistency, () -> tenant.feed().view().agents().stream())
                    .thenApply(now -> new Moment(tenant.feed().view(), now.truncatedTo(ChronoUnit.MICROS)));
        }
        ListingPlace begun = place.get();
        return caughtUp(begun.revision()).thenApply(now -> tenant.feed()
                .view(begun.epoch(), begun.revision())
                .map(view -> new Moment(view, begun.time()))
                .orElseThrow(GrpcErrors::listingExpired));
    }

    /**
     * Waits until the projection is as fresh as asked.
     *
     * @param agents those that are asked about, out of the projection
     * @return the database's time for what is derived from it
     */
    private CompletionStage<Instant> fresh(Consistency consistency, Supplier<Stream<StoredAgent>> agents) {
        return switch (consistency.getLevelCase()) {
            case ANY -> memory();
            case AT_LEAST_REVISION -> atLeast(consistency.getAtLeastRevision());
            case LINEARIZABLE, LEVEL_NOT_SET -> tenant.barrier().pass().thenCompose(now -> writtenDown(agents, now));
        };
    }

    /** Everything that was committed before is in memory afterwards, and what is due of an agent is written down. */
    CompletionStage<Instant> fresh(AgentId agentId) {
        return fresh(Consistency.getDefaultInstance(), () -> tenant.feed().agent(agentId).stream());
    }

    /**
     * What is due is written down before a linearizable answer. It is not derived: a command that was decided just
     * before the deadline, say an extension, may be about to be committed, and what was shown as over would be open
     * again.
     */
    private CompletionStage<Instant> writtenDown(Supplier<Stream<StoredAgent>> agents, Instant now) {
        CompletableFuture<?>[] due = agents.get()
                .map(StoredAgent::state)
                .filter(agent -> agent.dueBy(now))
                .map(agent -> tenant.lane().submit(Submission.expireDue(agent.agentId())))
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new);
        return due.length == 0
                ? CompletableFuture.completedFuture(now)
                : CompletableFuture.allOf(due)
                        .thenCompose(done -> tenant.barrier().pass())
                        .thenApply(later -> now);
    }

    private CompletionStage<Instant> memory() {
        return tenant.feed().loaded()
                ? CompletableFuture.completedFuture(tenant.clock().now())
                : CompletableFuture.failedFuture(GrpcErrors.notServing());
    }

    private CompletionStage<Instant> atLeast(long revision) {
        return caughtUp(revision).thenApply(now -> {
            if (tenant.feed().revision() < revision) {
                throw GrpcErrors.fromFuture(tenant.feed().revision());
            }
            return now;
        });
    }

    /** Asks the database only if memory does not have the revision. */
    private CompletionStage<Instant> caughtUp(long revision) {
        return tenant.feed().revision() >= revision
                ? memory()
                : tenant.barrier().pass();
    }

    private static void requireConsistency(FieldReader fields, Consistency consistency) {
        switch (consistency.getLevelCase()) {
            case ANY -> requireTrue(fields, "consistency.any", consistency.getAny());
            case LINEARIZABLE -> requireTrue(fields, "consistency.linearizable", consistency.getLinearizable());
            case AT_LEAST_REVISION -> {
                if (consistency.getAtLeastRevision() < 0) {
                    fields.violations().add("consistency.at_least_revision", "must not be negative");
                }
            }
            case LEVEL_NOT_SET -> {}
        }
    }

    private static void requireTrue(FieldReader fields, String field, boolean value) {
        if (!value) {
            fields.violations().add(field, "must be true if it is set");
        }
    }

    private static boolean has(AgentId agentId, String part) {
        return agentId.value().toLowerCase(Locale.ROOT).contains(part);
    }

    private static StoredAgent asOf(StoredAgent agent, Instant now) {
        return new StoredAgent(AgentLifecycle.asOf(agent.state(), now), agent.revision());
    }
}
