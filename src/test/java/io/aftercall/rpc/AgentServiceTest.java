package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import io.aftercall.api.v1.Agent;
import io.aftercall.api.v1.AgentServiceGrpc;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.ChannelCapacity;
import io.aftercall.api.v1.CreateFollowUpRequest;
import io.aftercall.api.v1.DeleteAgentRequest;
import io.aftercall.api.v1.FollowUpDetails;
import io.aftercall.api.v1.FollowUpKind;
import io.aftercall.api.v1.GetAgentRequest;
import io.aftercall.api.v1.ImportAgentsRequest;
import io.aftercall.api.v1.ImportAgentsResponse;
import io.aftercall.api.v1.ListAgentStatesRequest;
import io.aftercall.api.v1.ListAgentsRequest;
import io.aftercall.api.v1.ListAgentsResponse;
import io.aftercall.api.v1.UpdateAgentRequest;
import io.aftercall.api.v1.UpdateAgentResponse;
import io.aftercall.boot.DatabaseResource;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class AgentServiceTest {

    @RegisterExtension
    final Client client = new Client();

    private final String agent = Client.fresh("agent");
    private final String team = Client.fresh("team");

    @Test
    void anAgentIsDescribedAndReadBack() {
        UpdateAgentResponse updated = update(full(agent).build());

        Agent read = get(agent);
        assertThat(read).isEqualTo(updated.getAgent());
        assertThat(read.toBuilder().clearVersion().clearRevision().build())
                .isEqualTo(full(agent).build());
        AgentState state = client.state(agent);
        assertThat(state.getTeamId()).isEqualTo(team);
        assertThat(state.getLabelsMap()).containsEntry("skill", "es");
        assertThat(state.getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_OFFLINE);
    }

    @Test
    void aMaskClearsWhatItNamesAndLeavesTheRest() {
        update(full(agent).build());

        Agent cleared = agents().updateAgent(UpdateAgentRequest.newBuilder()
                        .setAgent(Agent.newBuilder().setAgentId(agent))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("labels").addPaths("capacities"))
                        .build())
                .getAgent();

        assertThat(cleared.getTeamId()).isEqualTo(team);
        assertThat(cleared.getLabelsMap()).isEmpty();
        assertThat(cleared.getCapacitiesList()).isEmpty();
    }

    @Test
    void allThatIsWrongIsSaidAtOnceAndNobodyIsRegistered() {
        GrpcError error = GrpcError.of(() -> agents().updateAgent(UpdateAgentRequest.newBuilder()
                .setRequestId("none")
                .setAgent(Agent.newBuilder()
                        .setAgentId(agent)
                        .setTeamId("no id")
                        .putLabels("no key", "")
                        .addCapacities(ChannelCapacity.newBuilder().setSlots(101)))
                .setUpdateMask(FieldMask.newBuilder().addPaths("version"))
                .build()));

        assertThat(error.fields())
                .containsExactlyInAnyOrder(
                        "request_id",
                        "agent.team_id",
                        "agent.labels",
                        "agent.capacities.channel",
                        "agent.capacities.slots",
                        "update_mask");
        assertThat(GrpcError.of(() -> get(agent)).code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void thousandsAreImportedAndAgainWithoutAChange() {
        List<Agent> many = IntStream.range(0, 2_000)
                .mapToObj(n -> full(agent + "-" + n).build())
                .toList();

        ImportAgentsResponse first = imported(many);
        ImportAgentsResponse again = imported(many);

        assertThat(first.getCreatedCount()).isEqualTo(2_000);
        assertThat(again.getUnchangedCount()).isEqualTo(2_000);
        assertThat(again.getCreatedCount() + again.getUpdatedCount()).isZero();
        ListAgentsResponse page = list(ListAgentsRequest.newBuilder().addTeamIds(team));
        assertThat(page.getAgentsCount()).isEqualTo(100);
        assertThat(page.getNextPageToken()).isNotEmpty();
        assertThat(page.getRevision()).isGreaterThanOrEqualTo(first.getRevision());
    }

    @Test
    void anImportWithOneBadAgentChangesNobody() {
        List<Agent> agents =
                List.of(full(agent).build(), full("no id").build(), full(agent).build());

        GrpcError error = GrpcError.of(() -> imported(agents));

        assertThat(error.fields()).containsExactly("agents[1].agent_id", "agents[2].agent_id");
        assertThat(GrpcError.of(() -> get(agent)).code()).isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void anImportOfTooManyIsRefusedInWordsThatFitIntoAnAnswer() {
        List<Agent> tooMany = IntStream.range(0, 10_001)
                .mapToObj(n -> Agent.newBuilder().setTeamId("no id").build())
                .toList();

        GrpcError error = GrpcError.of(() -> imported(tooMany));

        assertThat(error.fields()).hasSize(25).startsWith("agents[0].agent_id", "agents[0].team_id");
    }

    @Test
    void agentsAreFoundByTeamAndLabels() {
        update(full(agent).build());
        update(full(agent + "-2").putLabels("site", "Lima").build());

        assertThat(list(ListAgentsRequest.newBuilder().addTeamIds(team).putLabels("site", "Lima"))
                        .getAgentsList())
                .extracting(Agent::getAgentId)
                .containsExactly(agent + "-2");
        assertThat(client.agents()
                        .listAgentStates(ListAgentStatesRequest.newBuilder()
                                .setFilter(AgentStateFilter.newBuilder().addTeamIds(team))
                                .build())
                        .getAgentStatesList())
                .extracting(AgentState::getAgentId)
                .containsExactly(agent, agent + "-2");
    }

    @Test
    void agentsAreFoundByAPartOfTheirIds() {
        update(full(agent).build());
        update(full(agent + "-Zoe").build());

        ListAgentsRequest.Builder search = ListAgentsRequest.newBuilder().addTeamIds(team);

        assertThat(list(search.setIdContains("-zOE")).getAgentsList())
                .extracting(Agent::getAgentId)
                .containsExactly(agent + "-Zoe");
        assertThat(list(search.setIdContains("nobody")).getAgentsList()).isEmpty();
        assertThat(GrpcError.of(() -> list(search.setIdContains("x".repeat(129))))
                        .fields())
                .containsExactly("id_contains");
    }

    @Test
    void aRemovedAgentIsGoneAndBeginsAnew() {
        update(full(agent).build());
        client.startAcw(agent, Client.fresh("call"));

        GrpcError refused = GrpcError.of(() -> delete(false));
        delete(true);

        assertThat(refused.reason()).isEqualTo("AGENT_WORKING");
        assertThat(GrpcError.of(() -> client.state(agent)).reason()).isEqualTo("AGENT_NOT_FOUND");
        assertThat(GrpcError.of(() -> delete(false)).code()).isEqualTo(Code.NOT_FOUND);
        client.startAcw(agent, Client.fresh("call"));
        assertThat(client.state(agent).getVersion()).isEqualTo(1);
        assertThat(client.state(agent).getTeamId()).isEmpty();
    }

    private Agent.Builder full(String agentId) {
        return Agent.newBuilder()
                .setAgentId(agentId)
                .setTeamId(team)
                .putLabels("skill", "es")
                .addCapacities(ChannelCapacity.newBuilder()
                        .setChannel(Channel.CHANNEL_CHAT)
                        .setSlots(0));
    }

    private AgentServiceGrpc.AgentServiceBlockingStub agents() {
        return client.directory();
    }

    @Test
    void whoIsDeletedAndImportedAgainIsRemindedOfWhatHePromised() {
        update(Agent.newBuilder().setAgentId(agent).build());
        Timestamp due = Timestamp.newBuilder().setSeconds(4_000_000_000L).build();
        client.followUps()
                .createFollowUp(CreateFollowUpRequest.newBuilder()
                        .setAgentId(agent)
                        .setDetails(FollowUpDetails.newBuilder()
                                .setKind(FollowUpKind.FOLLOW_UP_KIND_CALLBACK)
                                .setDueTime(due))
                        .build());
        delete(false);

        ImportAgentsResponse imported =
                imported(List.of(Agent.newBuilder().setAgentId(agent).build()));

        assertThat(imported.getCreatedCount()).isEqualTo(1);
        assertThat(client.state(agent).getFollowUpDueTime()).isEqualTo(due);
    }

    private UpdateAgentResponse update(Agent described) {
        return agents().updateAgent(
                        UpdateAgentRequest.newBuilder().setAgent(described).build());
    }

    private Agent get(String agentId) {
        return agents().getAgent(
                        GetAgentRequest.newBuilder().setAgentId(agentId).build())
                .getAgent();
    }

    private ListAgentsResponse list(ListAgentsRequest.Builder request) {
        return agents().listAgents(request.build());
    }

    private void delete(boolean force) {
        agents().deleteAgent(DeleteAgentRequest.newBuilder()
                .setAgentId(agent)
                .setForce(force)
                .setForceReason(force ? "has left" : "")
                .build());
    }

    /** In parts of three hundred. */
    private ImportAgentsResponse imported(List<Agent> agents) {
        CompletableFuture<ImportAgentsResponse> result = new CompletableFuture<>();
        StreamObserver<ImportAgentsRequest> parts = AgentServiceGrpc.newStub(client.channel())
                .importAgents(new StreamObserver<>() {
                    @Override
                    public void onNext(ImportAgentsResponse response) {
                        result.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        result.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        for (int from = 0; from < agents.size(); from += 300) {
            parts.onNext(ImportAgentsRequest.newBuilder()
                    .addAllAgents(agents.subList(from, Math.min(from + 300, agents.size())))
                    .build());
        }
        parts.onCompleted();
        try {
            return result.join();
        } catch (CompletionException failure) {
            throw (StatusRuntimeException) failure.getCause();
        }
    }
}
