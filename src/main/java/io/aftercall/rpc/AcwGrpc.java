package io.aftercall.rpc;

import io.aftercall.agent.AcwNotRequired;
import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.CompleteAcw;
import io.aftercall.agent.EarlyCompletion;
import io.aftercall.agent.EndAcws;
import io.aftercall.agent.EndedAcw;
import io.aftercall.agent.ExtendAcw;
import io.aftercall.agent.NotRequiredReason;
import io.aftercall.agent.OpenAcw;
import io.aftercall.agent.Outcome;
import io.aftercall.agent.RequestAcw;
import io.aftercall.agent.StartAcw;
import io.aftercall.api.v1.AcwNotRequiredReason;
import io.aftercall.api.v1.AcwServiceGrpc;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.CompleteAcwResponse;
import io.aftercall.api.v1.EndAcwsRequest;
import io.aftercall.api.v1.EndAcwsResponse;
import io.aftercall.api.v1.ExtendAcwRequest;
import io.aftercall.api.v1.ExtendAcwResponse;
import io.aftercall.api.v1.RequestAcwRequest;
import io.aftercall.api.v1.RequestAcwResponse;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.StartAcwResponse;
import io.aftercall.engine.Reply;
import io.aftercall.engine.RequestKey;
import io.aftercall.engine.StoredAgent;
import io.aftercall.feed.ServedTenant;
import io.aftercall.interaction.Interaction;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** {@code AcwService}. */
@GrpcService
final class AcwGrpc extends AcwServiceGrpc.AcwServiceImplBase {

    private static final Function<NotRequiredReason, AcwNotRequiredReason> NOT_REQUIRED =
            ProtoEnums.writer(NotRequiredReason.class, AcwNotRequiredReason.class);

    private final Commands commands;
    private final ServedTenant.Directory tenants;
    private final EmailsOffered emails;

    AcwGrpc(Commands commands, ServedTenant.Directory tenants, EmailsOffered emails) {
        this.commands = commands;
        this.tenants = tenants;
        this.emails = emails;
    }

    @Override
    public void startAcw(StartAcwRequest request, StreamObserver<StartAcwResponse> observer) {
        ServedTenant tenant = tenant();
        Answers.answer(observer, () -> start(request), reply -> started(tenant, reply));
    }

    @Override
    public void completeAcw(CompleteAcwRequest request, StreamObserver<CompleteAcwResponse> observer) {
        ServedTenant tenant = tenant();
        Answers.answer(observer, () -> complete(ComposedText.in(request)), reply -> completed(tenant, reply));
    }

    @Override
    public void extendAcw(ExtendAcwRequest request, StreamObserver<ExtendAcwResponse> observer) {
        ServedTenant tenant = tenant();
        Answers.answer(observer, () -> extend(request), reply -> extended(tenant, reply));
    }

    @Override
    public void requestAcw(RequestAcwRequest request, StreamObserver<RequestAcwResponse> observer) {
        ServedTenant tenant = tenant();
        Answers.answer(observer, () -> ask(request), reply -> RequestAcwResponse.newBuilder()
                .setAgentState(state(tenant, reply))
                .setRevision(reply.agent().revision())
                .build());
    }

    @Override
    public void endAcws(EndAcwsRequest request, StreamObserver<EndAcwsResponse> observer) {
        Answers.answer(observer, () -> endAll(request), response -> response);
    }

    private ServedTenant tenant() {
        return tenants.of(CurrentCall.get().caller().tenant());
    }

    private CompletionStage<Reply.Accepted> start(StartAcwRequest request) {
        FieldReader fields = new FieldReader();
        AgentId agentId = fields.agentId(request.getAgentId());
        Interaction interaction = InteractionProto.read(fields, request.hasInteraction(), request.getInteraction());
        Optional<RequestKey> key = fields.request(
                request.getRequestId(),
                () -> request.toBuilder().clearRequestId().build());
        fields.violations().throwIfAny();
        return commands.submit(CurrentCall.get(), new StartAcw(agentId, interaction, UUID.randomUUID()), key);
    }

    private CompletionStage<Reply.Accepted> complete(CompleteAcwRequest request) {
        FieldReader fields = new FieldReader();
        CompleteAcw command = WrapUpProto.read(fields, request);
        emails.checkComplete(fields, request.getWrapUp(), command.wrapUp());
        Optional<RequestKey> key = fields.request(
                request.getRequestId(),
                () -> request.toBuilder().clearRequestId().build());
        fields.violations().throwIfAny();
        return commands.submit(CurrentCall.get(), command, key);
    }

    private CompletionStage<Reply.Accepted> extend(ExtendAcwRequest request) {
        FieldReader fields = new FieldReader();
        AgentId agentId = fields.agentId(request.getAgentId());
        var interactionId = fields.interactionId("interaction_id", request.getInteractionId());
        Optional<RequestKey> key = fields.request(
                request.getRequestId(),
                () -> request.toBuilder().clearRequestId().build());
        fields.violations().throwIfAny();
        return commands.submit(CurrentCall.get(), new ExtendAcw(agentId, interactionId, request.getOverride()), key);
    }

    private CompletionStage<Reply.Accepted> ask(RequestAcwRequest request) {
        FieldReader fields = new FieldReader();
        AgentId agentId = fields.agentId(request.getAgentId());
        var interactionId = fields.interactionId("interaction_id", request.getInteractionId());
        Optional<RequestKey> key = fields.request(
                request.getRequestId(),
                () -> request.toBuilder().clearRequestId().build());
        fields.violations().throwIfAny();
        return commands.submit(CurrentCall.get(), new RequestAcw(agentId, interactionId), key);
    }

    private CompletionStage<EndAcwsResponse> endAll(EndAcwsRequest request) {
        FieldReader fields = new FieldReader();
        String queueId = fields.optionalId("queue_id", request.getQueueId());
        String teamId = fields.optionalId("team_id", request.getTeamId());
        if (request.getQueueId().isEmpty() && request.getTeamId().isEmpty()) {
            fields.violations().add("queue_id", "or team_id is required");
        }
        String because = fields.forceReason(true, request.getForceReason());
        Optional<RequestKey> key = fields.request(
                request.getRequestId(),
                () -> request.toBuilder().clearRequestId().build());
        fields.violations().throwIfAny();
        BooleanSupplier abandoned = Commands.abandoned();
        CurrentCall call = CurrentCall.get();
        ServedTenant tenant = tenants.of(call.caller().tenant());
        return tenant.barrier().pass().thenApply(now -> tenant.feed().view()).thenCompose(view -> {
            List<EndAcws> all = view.agents().stream()
                    .map(StoredAgent::state)
                    .map(agent -> new OfAgent(agent, new EndAcws(agent.agentId(), teamId, queueId, because)))
                    .filter(end -> !end.command().of(end.agent()).isEmpty())
                    .map(OfAgent::command)
                    .toList();
            return commands.submitAll(call, abandoned, all, key).thenApply(replies -> ended(replies, view.revision()));
        });
    }

    private record OfAgent(AgentState agent, EndAcws command) {}

    private static EndAcwsResponse ended(List<Reply.Accepted> replies, long revision) {
        EndAcwsResponse.Builder response = EndAcwsResponse.newBuilder().setRevision(revision);
        for (Reply.Accepted reply : replies) {
            int ended = reply.outcome().touched();
            response.setEndedCount(response.getEndedCount() + ended)
                    .setAgentCount(response.getAgentCount() + (ended > 0 ? 1 : 0))
                    .setRevision(Math.max(response.getRevision(), reply.agent().revision()));
        }
        return response.build();
    }

    private StartAcwResponse started(ServedTenant tenant, Reply.Accepted reply) {
        StartAcwResponse.Builder response = StartAcwResponse.newBuilder()
                .setAgentState(state(tenant, reply))
                .setAlreadyStarted(reply.outcome().replay())
                .setRevision(reply.agent().revision());
        reply.outcome().acw().ifPresent(acw -> {
            if (acw instanceof OpenAcw open) {
                response.setAcw(AcwProto.write(reply.agent().state().agentId(), open));
            } else if (acw instanceof EndedAcw ended) {
                response.setAcw(AcwProto.write(ended));
            } else if (acw instanceof AcwNotRequired none) {
                response.setNotRequired(NOT_REQUIRED.apply(none.reason()));
            }
        });
        return response.build();
    }

    private CompleteAcwResponse completed(ServedTenant tenant, Reply.Accepted reply) {
        CompleteAcwResponse.Builder response = CompleteAcwResponse.newBuilder()
                .setAgentState(state(tenant, reply))
                .setAlreadyCompleted(ended(reply.outcome()))
                .setRevision(reply.agent().revision());
        reply.outcome()
                .acw()
                .filter(EndedAcw.class::isInstance)
                .map(EndedAcw.class::cast)
                .ifPresent(ended -> response.setAcw(AcwProto.write(ended)));
        reply.outcome().wrapUp().ifPresent(written -> response.setWrapUpEtag(written.etag())
                .setWrapUpStatus(WrapUpRecordProto.write(written.status())));
        return response.build();
    }

    /** Whether the ACW had ended before; one that was completed twice before it started had not. */
    private static boolean ended(Outcome outcome) {
        return outcome.replay()
                && outcome.acw().filter(EarlyCompletion.class::isInstance).isEmpty();
    }

    private ExtendAcwResponse extended(ServedTenant tenant, Reply.Accepted reply) {
        OpenAcw acw = (OpenAcw) reply.outcome().acw().orElseThrow();
        return ExtendAcwResponse.newBuilder()
                .setAgentState(state(tenant, reply))
                .setAcw(AcwProto.write(reply.agent().state().agentId(), acw))
                .setRevision(reply.agent().revision())
                .build();
    }

    private io.aftercall.api.v1.AgentState state(ServedTenant tenant, Reply.Accepted reply) {
        return AgentStateProto.write(reply.agent(), tenant.forecast()::available);
    }
}
