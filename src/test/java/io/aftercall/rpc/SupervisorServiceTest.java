package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AcwMode;
import io.aftercall.api.v1.AcwNotRequiredReason;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.Agent;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.BeginInteractionRequest;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.EndAcwsRequest;
import io.aftercall.api.v1.EndAcwsResponse;
import io.aftercall.api.v1.ExtendAcwRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.RequestAcwRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.StartAcwResponse;
import io.aftercall.api.v1.UpdateAgentRequest;
import io.aftercall.boot.DatabaseResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What supervisors do to open ACWs, and agents who ask for one. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class SupervisorServiceTest {

    @RegisterExtension
    final Client client = new Client();

    private final String agent = Client.fresh("agent");
    private final String team = Client.fresh("team");
    private final String queue = Client.fresh("queue");
    private final String call = Client.fresh("call");

    @Test
    void aForcedEndSaysWhoAndWhyAlsoWhenItIsReadBack() {
        client.startAcw(agent, call);
        CompleteAcwRequest force = CompleteAcwRequest.newBuilder()
                .setAgentId(agent)
                .setInteractionId(call)
                .setForce(true)
                .setForceReason("the hotline is full")
                .build();

        client.acw().completeAcw(force);
        AfterCallWork again = client.acw().completeAcw(force).getAcw();

        assertThat(again.getEndReason()).isEqualTo(AcwEndReason.ACW_END_REASON_FORCED);
        assertThat(again.getForceReason()).isEqualTo("the hotline is full");
        assertThat(again.getEndedBy()).isNotEmpty();
    }

    @Test
    void anExtensionIsGrantedWhereThePolicyAllowsNone() {
        client.rules(agent, Policy.newBuilder().setMaxExtensions(0));
        AfterCallWork started = client.startAcw(agent, call).getAcw();
        ExtendAcwRequest.Builder extend =
                ExtendAcwRequest.newBuilder().setAgentId(agent).setInteractionId(call);

        GrpcError refused = GrpcError.of(() -> client.acw().extendAcw(extend.build()));
        AfterCallWork granted =
                client.acw().extendAcw(extend.setOverride(true).build()).getAcw();

        assertThat(refused.reason()).isEqualTo("EXTENSIONS_EXHAUSTED");
        assertThat(granted.getDeadlineTime().getSeconds())
                .isEqualTo(started.getDeadlineTime().getSeconds() + 20);
    }

    @Test
    void allOfAQueueAreEndedAndARepeatedRequestLeavesWhatIsNewAlone() {
        start(agent + "-1", call + "-1");
        start(agent + "-2", call + "-2");
        client.startAcw(agent + "-3", call + "-3");
        EndAcwsRequest request = EndAcwsRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setQueueId(queue)
                .setForceReason("closing")
                .build();

        EndAcwsResponse ended = client.acw().endAcws(request);
        start(agent + "-1", call + "-4");
        client.acw().endAcws(request);

        assertThat(ended.getEndedCount()).isEqualTo(2);
        assertThat(ended.getAgentCount()).isEqualTo(2);
        assertThat(client.state(agent + "-1").getAcwsCount()).isEqualTo(1);
        assertThat(client.state(agent + "-2").getAcwsCount()).isZero();
        assertThat(client.state(agent + "-3").getAcwsCount()).isEqualTo(1);
    }

    @Test
    void allOfATeamAreEnded() {
        client.directory()
                .updateAgent(UpdateAgentRequest.newBuilder()
                        .setAgent(Agent.newBuilder().setAgentId(agent).setTeamId(team))
                        .build());
        start(agent, call);
        start(agent + "-of-no-team", call + "-2");

        EndAcwsResponse ended = client.acw()
                .endAcws(EndAcwsRequest.newBuilder()
                        .setTeamId(team)
                        .setQueueId(queue)
                        .setForceReason("closing")
                        .build());

        assertThat(ended.getEndedCount()).isEqualTo(1);
        assertThat(client.state(agent).getAcwsCount()).isZero();
    }

    @Test
    void endingManyNeedsToBeSaidOfWhomAndWhy() {
        GrpcError error = GrpcError.of(() -> client.acw()
                .endAcws(EndAcwsRequest.newBuilder().setRequestId("x").build()));

        assertThat(error.fields()).containsExactlyInAnyOrder("queue_id", "force_reason", "request_id");
    }

    @Test
    void anAgentWhoAskedForAcwGetsItWhereThereIsNoneUnasked() {
        client.rules(agent, Policy.newBuilder().setMode(AcwMode.ACW_MODE_AGENT_REQUESTED));

        StartAcwResponse unasked = client.startAcw(agent, call + "-1");
        client.agents()
                .beginInteraction(BeginInteractionRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteraction(Client.call(call))
                        .build());
        AgentState asking = client.acw()
                .requestAcw(RequestAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteractionId(call)
                        .build())
                .getAgentState();
        StartAcwResponse asked = client.startAcw(agent, call);
        GrpcError tooLate = GrpcError.of(() -> client.acw()
                .requestAcw(RequestAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteractionId(call)
                        .build()));

        assertThat(unasked.getNotRequired()).isEqualTo(AcwNotRequiredReason.ACW_NOT_REQUIRED_REASON_NOT_REQUESTED);
        assertThat(asking.getInteractions(0).getAcwRequested()).isTrue();
        assertThat(asked.getAcw().getMode()).isEqualTo(AcwMode.ACW_MODE_AGENT_REQUESTED);
        assertThat(asked.getAcw().getInteraction().getAcwRequested()).isTrue();
        assertThat(tooLate.reason()).isEqualTo("INTERACTION_NOT_LIVE");
    }

    private void start(String agentId, String interactionId) {
        client.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(agentId)
                        .setInteraction(Client.call(interactionId).setQueueId(queue))
                        .build());
    }
}
