package io.aftercall.rpc;

import io.aftercall.agent.BeginInteraction;
import io.aftercall.agent.Command;
import io.aftercall.agent.Refusal;
import io.aftercall.engine.Portions;
import io.aftercall.engine.QuotaExceeded;
import io.aftercall.engine.Reply;
import io.aftercall.engine.RequestKey;
import io.aftercall.engine.Submission;
import io.aftercall.feed.ServedTenant;
import io.aftercall.feed.TenantFeed;
import io.grpc.Context;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Sends a caller's commands on their way. */
@Singleton
final class Commands {

    private final ServedTenant.Directory tenants;

    Commands(ServedTenant.Directory tenants) {
        this.tenants = tenants;
    }

    /**
     * Whether the caller of the call that this is asked in no longer waits. To be asked before anything is waited for:
     * whatever runs later may run in the middle of another caller's call.
     */
    static BooleanSupplier abandoned() {
        Context call = Context.current();
        return call::isCancelled;
    }

    /**
     * @return what came of it; fails with the status that a refusal has
     */
    CompletionStage<Reply.Accepted> submit(CurrentCall call, Command command, Optional<RequestKey> request) {
        requireRoom(call, List.of(command));
        Submission submission = new Submission(command, call.actor(), request, abandoned());
        return tenants.of(call.caller().tenant())
                .lane()
                .submit(submission)
                .thenApply(reply -> accepted(command, reply));
    }

    /**
     * Sends many, of which none is going to be refused.
     *
     * @param abandoned whether the caller no longer waits; see {@link #abandoned}
     * @param request set if the caller named the request; each agent's command then has a name that follows from it
     * @return what came of each, in their order
     */
    CompletionStage<List<Reply.Accepted>> submitAll(
            CurrentCall call,
            BooleanSupplier abandoned,
            List<? extends Command> commands,
            Optional<RequestKey> request) {
        requireRoom(call, commands);
        List<Submission> submissions = commands.stream()
                .map(command ->
                        new Submission(command, call.actor(), request.map(key -> key.of(command.agentId())), abandoned))
                .toList();
        return Portions.submit(tenants.of(call.caller().tenant()).lane(), submissions)
                .thenApply(replies -> IntStream.range(0, replies.size())
                        .mapToObj(i -> accepted(commands.get(i), replies.get(i)))
                        .toList());
    }

    /** Those that come at once may pass the limit by their number: it keeps a tenant from growing without end. */
    private void requireRoom(CurrentCall call, List<? extends Command> commands) {
        TenantFeed feed = tenants.of(call.caller().tenant()).feed();
        long unseen = commands.stream()
                .filter(command -> feed.agent(command.agentId()).isEmpty())
                .count();
        int most = tenants.quotas(call.caller().tenant()).agents().orElseThrow();
        if (unseen > 0 && feed.size() + unseen > most) {
            throw new QuotaExceeded("agents", most);
        }
    }

    private static Reply.Accepted accepted(Command command, Reply reply) {
        if (reply instanceof Reply.Accepted accepted) {
            return accepted;
        }
        if (reply instanceof Reply.RequestIdReused reused) {
            throw GrpcErrors.requestIdReused(reused.request().requestId());
        }
        Reply.Refused refused = (Reply.Refused) reply;
        throw GrpcErrors.refused(refused.reason(), metadata(command, refused), refused.violations());
    }

    private static Map<String, String> metadata(Command command, Reply.Refused refused) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("agent_id", command.agentId().value());
        command.interactionId().ifPresent(id -> metadata.put("interaction_id", id.value()));
        return refused.reason() == Refusal.AGENT_NOT_ROUTABLE && command instanceof BeginInteraction begin
                ? GrpcErrors.notRoutable(
                        metadata,
                        begin.interaction().channel().name(),
                        refused.agent().state().status())
                : metadata;
    }
}
