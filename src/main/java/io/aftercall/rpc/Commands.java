package io.aftercall.rpc;

import io.aftercall.agent.BeginInteraction;
import io.aftercall.agent.Command;
import io.aftercall.agent.Refusal;
import io.aftercall.engine.Portions;
import io.aftercall.engine.Reply;
import io.aftercall.engine.RequestKey;
import io.aftercall.engine.Submission;
import io.aftercall.feed.ServedTenant;
import io.aftercall.security.Caller;
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
    CompletionStage<Reply.Accepted> submit(Caller caller, Command command, Optional<RequestKey> request) {
        Submission submission = new Submission(command, caller.subject(), request, abandoned());
        return tenants.of(caller.tenant()).lane().submit(submission).thenApply(reply -> accepted(command, reply));
    }

    /**
     * Sends many, of which none is going to be refused.
     *
     * @param abandoned whether the caller no longer waits; see {@link #abandoned}
     * @param request set if the caller named the request; each agent's command then has a name that follows from it
     * @return what came of each, in their order
     */
    CompletionStage<List<Reply.Accepted>> submitAll(
            Caller caller, BooleanSupplier abandoned, List<? extends Command> commands, Optional<RequestKey> request) {
        List<Submission> submissions = commands.stream()
                .map(command -> new Submission(
                        command, caller.subject(), request.map(key -> key.of(command.agentId())), abandoned))
                .toList();
        return Portions.submit(tenants.of(caller.tenant()).lane(), submissions)
                .thenApply(replies -> IntStream.range(0, replies.size())
                        .mapToObj(i -> accepted(commands.get(i), replies.get(i)))
                        .toList());
    }

    private static Reply.Accepted accepted(Command command, Reply reply) {
        if (reply instanceof Reply.Accepted accepted) {
            return accepted;
        }
        if (reply instanceof Reply.RequestIdReused reused) {
            throw GrpcErrors.requestIdReused(reused.request().requestId());
        }
        Reply.Refused refused = (Reply.Refused) reply;
        throw GrpcErrors.refused(refused.reason(), metadata(command, refused));
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
