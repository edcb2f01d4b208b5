package io.aftercall.rpc;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentLifecycle;
import io.aftercall.api.v1.Consistency;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.GetAgentStateResponse;
import io.aftercall.api.v1.ListAgentStatesRequest;
import io.aftercall.api.v1.ListAgentStatesResponse;
import io.aftercall.engine.StoredAgent;
import io.aftercall.engine.Submission;
import io.aftercall.feed.ServedTenant;
import io.aftercall.feed.StateFilter;
import io.aftercall.feed.TenantFeed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads agents from the projection, as fresh as the caller asks. */
final class AgentStateReader {

    private final ServedTenant tenant;

    private record Moment(TenantFeed.View view, Instant time) {}

    AgentStateReader(ServedTenant tenant) {
        this.tenant = tenant;
    }

    CompletionStage<GetAgentStateResponse> get(GetAgentStateRequest request) {
        FieldReader fields = new FieldReader();
        AgentId agentId = fields.agentId(request.getAgentId());
        requireConsistency(fields, request.getConsistency());
        fields.violations().throwIfAny();
        return fresh(request.getConsistency(), () -> tenant.feed().agent(agentId).stream())
                .thenApply(now -> {
                    long revision = tenant.feed().revision();
                    StoredAgent agent = tenant.feed()
                            .agent(agentId)
                            .orElseThrow(() -> GrpcErrors.agentNotFound(Map.of("agent_id", agentId.value())));
                    return GetAgentStateResponse.newBuilder()
                            .setAgentState(AgentStateProto.write(asOf(agent, now)))
                            .setRevision(revision)
                            .build();
                });
    }

    CompletionStage<ListAgentStatesResponse> list(ListAgentStatesRequest request) {
        FieldReader fields = new FieldReader();
        StateFilter filter = FilterProto.read(fields, request.getFilter());
        int size = Pages.size(fields, request.getPageSize());
        requireConsistency(fields, request.getConsistency());
        fields.violations().throwIfAny();
        String of = "agents " + Long.toHexString(filter.fingerprint());
        Optional<ListingPlace> place = Pages.position(request.getPageToken(), of, ListingPlace::read);
        return moment(request.getConsistency(), place).thenApply(moment -> {
            TenantFeed.View view = moment.view();
            List<StoredAgent> found = view.agents().stream()
                    .filter(agent -> place.isEmpty()
                            || agent.state().agentId().compareTo(place.get().after()) > 0)
                    .map(agent -> asOf(agent, moment.time()))
                    .filter(agent -> filter.matches(agent.state()))
                    .sorted(Comparator.comparing(agent -> agent.state().agentId()))
                    .limit(size + 1)
                    .toList();
            ListAgentStatesResponse.Builder response =
                    ListAgentStatesResponse.newBuilder().setRevision(view.revision());
            found.stream().limit(size).forEach(agent -> response.addAgentStates(AgentStateProto.write(agent)));
            if (found.size() > size) {
                AgentId last = found.get(size - 1).state().agentId();
                ListingPlace next = new ListingPlace(view.epoch(), view.revision(), moment.time(), last);
                response.setNextPageToken(Pages.token(next.write(), of));
            }
            return response.build();
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

    private static StoredAgent asOf(StoredAgent agent, Instant now) {
        return new StoredAgent(AgentLifecycle.asOf(agent.state(), now), agent.revision());
    }
}
