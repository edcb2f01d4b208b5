package io.aftercall.rpc;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.BeginInteraction;
import io.aftercall.agent.PresenceSetting;
import io.aftercall.agent.SetPresence;
import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.BeginInteractionRequest;
import io.aftercall.api.v1.BeginInteractionResponse;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.GetAgentStateResponse;
import io.aftercall.api.v1.ListAgentStatesRequest;
import io.aftercall.api.v1.ListAgentStatesResponse;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.SetPresenceResponse;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.engine.Reply;
import io.aftercall.engine.RequestKey;
import io.aftercall.feed.ServedTenant;
import io.aftercall.interaction.Interaction;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code AgentStateService}. */
@GrpcService
final class AgentStateGrpc extends AgentStateServiceGrpc.AgentStateServiceImplBase {

    private final Commands commands;
    private final ServedTenant.Directory tenants;
    private final AgentStateStreams streams;

    AgentStateGrpc(Commands commands, ServedTenant.Directory tenants, AgentStateStreams streams) {
        this.commands = commands;
        this.tenants = tenants;
        this.streams = streams;
    }

    @Override
    public void getAgentState(GetAgentStateRequest request, StreamObserver<GetAgentStateResponse> observer) {
        CurrentCall call = CurrentCall.get();
        Answers.answer(
                observer,
                () -> reader(call).get(request),
                response -> call.grant().personal() ? response : Impersonal.of(response));
    }

    @Override
    public void listAgentStates(ListAgentStatesRequest request, StreamObserver<ListAgentStatesResponse> observer) {
        CurrentCall call = CurrentCall.get();
        Answers.answer(
                observer,
                () -> reader(call).list(request),
                response -> call.grant().personal() ? response : Impersonal.of(response));
    }

    @Override
    public void streamAgentStates(
            StreamAgentStatesRequest request, StreamObserver<StreamAgentStatesResponse> observer) {
        CurrentCall call = CurrentCall.get();
        streams.open(tenant(call), call, request, (ServerCallStreamObserver<StreamAgentStatesResponse>) observer);
    }

    @Override
    public void beginInteraction(BeginInteractionRequest request, StreamObserver<BeginInteractionResponse> observer) {
        CurrentCall call = CurrentCall.get();
        Answers.answer(observer, () -> begin(call, request), reply -> BeginInteractionResponse.newBuilder()
                .setAgentState(state(call, reply))
                .setRevision(reply.agent().revision())
                .build());
    }

    @Override
    public void setPresence(SetPresenceRequest request, StreamObserver<SetPresenceResponse> observer) {
        CurrentCall call = CurrentCall.get();
        Answers.answer(observer, () -> declare(call, request), reply -> SetPresenceResponse.newBuilder()
                .setAgentState(state(call, reply))
                .setPending(reply.outcome().pending())
                .setRevision(reply.agent().revision())
                .build());
    }

    private ServedTenant tenant(CurrentCall call) {
        return tenants.of(call.caller().tenant());
    }

    private AgentStateReader reader(CurrentCall call) {
        return new AgentStateReader(tenant(call));
    }

    private CompletionStage<Reply.Accepted> begin(CurrentCall call, BeginInteractionRequest request) {
        FieldReader fields = new FieldReader();
        AgentId agentId = fields.agentId(request.getAgentId());
        Interaction interaction = InteractionProto.read(fields, request.hasInteraction(), request.getInteraction());
        Optional<RequestKey> key = fields.request(
                request.getRequestId(),
                () -> request.toBuilder().clearRequestId().build());
        fields.violations().throwIfAny();
        return commands.submit(call, new BeginInteraction(agentId, interaction, request.getOverride()), key);
    }

    private CompletionStage<Reply.Accepted> declare(CurrentCall call, SetPresenceRequest request) {
        FieldReader fields = new FieldReader();
        AgentId agentId = fields.agentId(request.getAgentId());
        PresenceSetting presence =
                fields.presence("presence", request.getPresence(), "not_ready_reason", request.getNotReadyReason());
        Optional<RequestKey> key = fields.request(
                request.getRequestId(),
                () -> request.toBuilder().clearRequestId().build());
        fields.violations().throwIfAny();
        return commands.submit(call, new SetPresence(agentId, presence), key);
    }

    private io.aftercall.api.v1.AgentState state(CurrentCall call, Reply.Accepted reply) {
        return AgentStateProto.write(reply.agent(), tenant(call).forecast()::available);
    }
}
