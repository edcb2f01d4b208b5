package io.aftercall.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import com.google.protobuf.util.Timestamps;
import io.aftercall.api.v1.AcwEndReason;
import io.aftercall.api.v1.AcwNotRequiredReason;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.Agent;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.BeginInteractionRequest;
import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.ExtendAcwRequest;
import io.aftercall.api.v1.Interaction;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.PolicyScope;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.RequestAcwRequest;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.StartAcwResponse;
import io.aftercall.api.v1.UpdateAgentRequest;
import io.aftercall.api.v1.UpdatePolicyRequest;
import io.aftercall.api.v1.UpdatePolicyResponse;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.rpc.Client;
import io.aftercall.rpc.GrpcError;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One agent of a team and a queue that nobody else has, and a router that calls the packaged server about him. */
final class Scene {

    final Client client;
    final String agent = Client.fresh("agent");
    final String team = Client.fresh("team");
    final String queue = Client.fresh("queue");
    private Message reply;
    private GrpcError error;

    Scene(Client client) {
        this.client = client;
        client.directory()
                .updateAgent(UpdateAgentRequest.newBuilder()
                        .setAgent(Agent.newBuilder().setAgentId(agent).setTeamId(team))
                        .build());
    }

    // ---- policies

    void policy(Consumer<Policy.Builder> rules) {
        policy(PolicyScope.POLICY_SCOPE_AGENT, agent, rules, request -> {});
    }

    UpdatePolicyResponse policy(
            PolicyScope scope, String id, Consumer<Policy.Builder> rules, Consumer<UpdatePolicyRequest.Builder> more) {
        Policy.Builder policy = Policy.newBuilder().setScope(scope).setScopeId(id);
        rules.accept(policy);
        UpdatePolicyRequest.Builder request = UpdatePolicyRequest.newBuilder().setPolicy(policy);
        more.accept(request);
        return (UpdatePolicyResponse) call(() -> client.policies().updatePolicy(request.build()));
    }

    // ---- commands: what is refused is kept, too

    void begin(String call, Consumer<BeginInteractionRequest.Builder> more) {
        BeginInteractionRequest.Builder request =
                BeginInteractionRequest.newBuilder().setAgentId(agent).setInteraction(interaction(call));
        more.accept(request);
        call(() -> client.agents().beginInteraction(request.build()));
    }

    void begin(String call) {
        begin(call, request -> {});
    }

    void beginAnyway(String call) {
        begin(call, request -> request.setOverride(true));
    }

    void start(String call) {
        start(call, interaction -> {});
    }

    void start(String call, Consumer<Interaction.Builder> more) {
        Interaction.Builder interaction = interaction(call);
        more.accept(interaction);
        call(() -> client.acw()
                .startAcw(StartAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteraction(interaction)
                        .build()));
    }

    void complete(String call) {
        complete(call, request -> {});
    }

    void complete(String call, String disposition) {
        complete(call, request -> request.setWrapUp(WrapUp.newBuilder().setDispositionCode(disposition)));
    }

    void complete(String call, Consumer<CompleteAcwRequest.Builder> more) {
        CompleteAcwRequest.Builder request =
                CompleteAcwRequest.newBuilder().setAgentId(agent).setInteractionId(id(call));
        more.accept(request);
        call(() -> client.acw().completeAcw(request.build()));
    }

    void force(String call) {
        complete(call, request -> request.setForce(true).setForceReason("the hotline is full"));
    }

    void extend(String call, boolean granted) {
        call(() -> client.acw()
                .extendAcw(ExtendAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteractionId(id(call))
                        .setOverride(granted)
                        .build()));
    }

    void extend(String call) {
        extend(call, false);
    }

    void request(String call) {
        call(() -> client.acw()
                .requestAcw(RequestAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteractionId(id(call))
                        .build()));
    }

    void presence(Presence presence) {
        call(() -> client.agents()
                .setPresence(SetPresenceRequest.newBuilder()
                        .setAgentId(agent)
                        .setPresence(presence)
                        .build()));
    }

    void describe(Consumer<Agent.Builder> more) {
        Agent.Builder described = Agent.newBuilder().setAgentId(agent);
        more.accept(described);
        call(() -> client.directory()
                .updateAgent(UpdateAgentRequest.newBuilder().setAgent(described).build()));
    }

    <M extends Message> M call(Supplier<M> call) {
        reply = null;
        error = null;
        try {
            M message = call.get();
            reply = message;
            return message;
        } catch (StatusRuntimeException refused) {
            error = GrpcError.of(refused);
            return null;
        }
    }

    // ---- what came of it

    void accepted() {
        assertThat(error).isNull();
    }

    void refused(String reason) {
        assertThat(error).as("the call is refused").isNotNull();
        assertThat(error.reason()).isEqualTo(reason);
    }

    void notRequired(AcwNotRequiredReason reason) {
        accepted();
        assertThat(((StartAcwResponse) reply).getNotRequired()).isEqualTo(reason);
    }

    StartAcwResponse started() {
        accepted();
        return (StartAcwResponse) reply;
    }

    @SuppressWarnings("unchecked")
    <M extends Message> M reply() {
        accepted();
        return (M) reply;
    }

    AgentState state() {
        return client.state(agent);
    }

    void status(AgentStatus status) {
        assertThat(state().getStatus()).isEqualTo(status);
    }

    void routable(Channel... channels) {
        assertThat(state().getRoutableChannelsList()).containsExactly(channels);
    }

    /** The open ACW of a call. */
    AfterCallWork open(String call) {
        return state().getAcwsList().stream()
                .filter(acw -> acw.getInteraction().getInteractionId().equals(id(call)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No open ACW for " + call));
    }

    /** The planned time of an open ACW, in seconds. */
    void lasts(String call, double seconds) {
        AfterCallWork acw = open(call);
        assertThat(Timestamps.between(acw.getStartTime(), acw.getDeadlineTime()).getSeconds())
                .isEqualTo((long) seconds);
    }

    /** The ACW of a call as it ended; a repeated StartAcw tells. */
    AfterCallWork ended(String call) {
        start(call);
        assertThat(started().getAlreadyStarted()).isTrue();
        return started().getAcw();
    }

    void ended(String call, AcwEndReason reason) {
        assertThat(ended(call).getEndReason()).isEqualTo(reason);
    }

    /** Waits until nothing is open any more. */
    void untilOver() {
        await().atMost(Duration.ofSeconds(20)).until(() -> state().getAcwsCount() == 0);
    }

    String id(String call) {
        return agent + '-' + call;
    }

    Interaction.Builder interaction(String call) {
        Channel channel = call.startsWith("chat")
                ? Channel.CHANNEL_CHAT
                : call.startsWith("email") ? Channel.CHANNEL_EMAIL : Channel.CHANNEL_VOICE;
        return Interaction.newBuilder()
                .setInteractionId(id(call))
                .setChannel(channel)
                .setQueueId(queue);
    }
}
