package io.aftercall.rpc;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentProfile;
import io.aftercall.agent.DeleteAgent;
import io.aftercall.agent.UpdateAgent;
import io.aftercall.api.v1.AgentServiceGrpc;
import io.aftercall.api.v1.DeleteAgentRequest;
import io.aftercall.api.v1.DeleteAgentResponse;
import io.aftercall.api.v1.GetAgentRequest;
import io.aftercall.api.v1.GetAgentResponse;
import io.aftercall.api.v1.ImportAgentsRequest;
import io.aftercall.api.v1.ImportAgentsResponse;
import io.aftercall.api.v1.ListAgentsRequest;
import io.aftercall.api.v1.ListAgentsResponse;
import io.aftercall.api.v1.UpdateAgentRequest;
import io.aftercall.api.v1.UpdateAgentResponse;
import io.aftercall.engine.Reply;
import io.aftercall.engine.RequestKey;
import io.aftercall.feed.ServedTenant;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** {@code AgentService}. */
@GrpcService
final class AgentGrpc extends AgentServiceGrpc.AgentServiceImplBase {

    private final Commands commands;
    private final ServedTenant.Directory tenants;

    AgentGrpc(Commands commands, ServedTenant.Directory tenants) {
        this.commands = commands;
        this.tenants = tenants;
    }

    @Override
    public void updateAgent(UpdateAgentRequest request, StreamObserver<UpdateAgentResponse> observer) {
        Answers.answer(observer, () -> update(request), reply -> UpdateAgentResponse.newBuilder()
                .setAgent(AgentProto.write(reply.agent()))
                .setRevision(reply.agent().revision())
                .build());
    }

    @Override
    public StreamObserver<ImportAgentsRequest> importAgents(StreamObserver<ImportAgentsResponse> observer) {
        return new AgentImport(CurrentCall.get(), commands, observer);
    }

    @Override
    public void getAgent(GetAgentRequest request, StreamObserver<GetAgentResponse> observer) {
        Answers.answer(observer, () -> reader().get(request), response -> response);
    }

    @Override
    public void listAgents(ListAgentsRequest request, StreamObserver<ListAgentsResponse> observer) {
        Answers.answer(observer, () -> reader().list(request), response -> response);
    }

    @Override
    public void deleteAgent(DeleteAgentRequest request, StreamObserver<DeleteAgentResponse> observer) {
        Answers.answer(observer, () -> delete(request), reply -> DeleteAgentResponse.newBuilder()
                .setRevision(reply.agent().revision())
                .build());
    }

    private AgentStateReader reader() {
        return new AgentStateReader(tenants.of(CurrentCall.get().caller().tenant()));
    }

    private CompletionStage<Reply.Accepted> update(UpdateAgentRequest request) {
        FieldReader fields = new FieldReader();
        if (!request.hasAgent()) {
            fields.violations().add("agent", "is required");
        }
        String id = fields.id("agent.agent_id", request.getAgent().getAgentId());
        AgentProfile profile = AgentProto.read(fields, "agent.", request.getAgent());
        Set<UpdateAgent.Field> named = named(fields, request, profile);
        Optional<RequestKey> key = fields.request(
                request.getRequestId(),
                () -> request.toBuilder().clearRequestId().build());
        fields.violations().throwIfAny();
        return commands.submit(CurrentCall.get(), new UpdateAgent(new AgentId(id), profile, named), key);
    }

    private static Set<UpdateAgent.Field> named(FieldReader fields, UpdateAgentRequest request, AgentProfile profile) {
        if (!request.hasUpdateMask()) {
            return AgentProto.set(profile);
        }
        Set<UpdateAgent.Field> named = EnumSet.noneOf(UpdateAgent.Field.class);
        for (String path : request.getUpdateMask().getPathsList()) {
            AgentProto.field(path).ifPresentOrElse(named::add, () -> fields.violations()
                    .add("update_mask", "may name team_id, labels and capacities"));
        }
        if (named.isEmpty()) {
            fields.violations().add("update_mask", "names no field");
        }
        return named;
    }

    private CompletionStage<Reply.Accepted> delete(DeleteAgentRequest request) {
        FieldReader fields = new FieldReader();
        AgentId agentId = fields.agentId(request.getAgentId());
        String forceReason = fields.forceReason(request.getForce(), request.getForceReason());
        Optional<RequestKey> key = fields.request(
                request.getRequestId(),
                () -> request.toBuilder().clearRequestId().build());
        fields.violations().throwIfAny();
        return commands.submit(CurrentCall.get(), new DeleteAgent(agentId, forceReason), key);
    }
}
