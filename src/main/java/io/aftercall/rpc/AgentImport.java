package io.aftercall.rpc;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentProfile;
import io.aftercall.agent.Command;
import io.aftercall.agent.UpdateAgent;
import io.aftercall.api.v1.Agent;
import io.aftercall.api.v1.ImportAgentsRequest;
import io.aftercall.api.v1.ImportAgentsResponse;
import io.aftercall.engine.Reply;
import io.grpc.stub.StreamObserver;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** One import of agents: takes all of it in before anything is changed. */
final class AgentImport implements StreamObserver<ImportAgentsRequest> {

    private static final int MAX_AGENTS = 10_000;
    private static final Set<UpdateAgent.Field> ALL = EnumSet.allOf(UpdateAgent.Field.class);

    private final CurrentCall call;
    private final Commands commands;
    private final StreamObserver<ImportAgentsResponse> observer;
    private final FieldReader fields = new FieldReader();
    private final Map<AgentId, AgentProfile> profiles = new LinkedHashMap<>();
    private int count;

    AgentImport(CurrentCall call, Commands commands, StreamObserver<ImportAgentsResponse> observer) {
        this.call = call;
        this.commands = commands;
        this.observer = observer;
        Answers.tolerateCancel(observer);
    }

    @Override
    public void onNext(ImportAgentsRequest part) {
        part.getAgentsList().forEach(this::add);
    }

    private void add(Agent agent) {
        String name = "agents[" + count + "]";
        if (++count > MAX_AGENTS) {
            // What is too much need not be looked at.
            fields.violations().add("agents", "may have " + MAX_AGENTS + " entries at most");
            return;
        }
        String id = fields.id(name + ".agent_id", agent.getAgentId());
        AgentProfile profile = AgentProto.read(fields, name + ".", agent);
        if (id != null && profiles.put(new AgentId(id), profile) != null) {
            fields.violations().add(name + ".agent_id", "is in the import twice");
        }
    }

    @Override
    public void onError(Throwable gone) {
        // The caller has gone in the middle of it, and nothing has changed.
        profiles.clear();
    }

    @Override
    public void onCompleted() {
        Answers.finish(observer, this::carryOut, AgentImport::result);
    }

    private CompletionStage<List<Reply.Accepted>> carryOut() {
        if (count == 0) {
            fields.violations().add("agents", "is required");
        }
        fields.violations().throwIfAny();
        List<Command> described = profiles.entrySet().stream()
                .<Command>map(agent -> new UpdateAgent(agent.getKey(), agent.getValue(), ALL))
                .toList();
        return commands.submitAll(call, Commands.abandoned(), described, Optional.empty());
    }

    private static ImportAgentsResponse result(List<Reply.Accepted> replies) {
        ImportAgentsResponse.Builder response = ImportAgentsResponse.newBuilder();
        for (Reply.Accepted reply : replies) {
            if (reply.outcome().replay()) {
                response.setUnchangedCount(response.getUnchangedCount() + 1);
            } else if (reply.agent().state().version() == 1) {
                response.setCreatedCount(response.getCreatedCount() + 1);
            } else {
                response.setUpdatedCount(response.getUpdatedCount() + 1);
            }
            response.setRevision(Math.max(response.getRevision(), reply.agent().revision()));
        }
        return response.build();
    }
}
