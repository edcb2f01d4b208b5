package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.AgentStatus;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.GetAgentStateResponse;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.boot.DatabaseResource;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who asks for too much hurts only himself. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
class ConnectionLimitsTest {

    @RegisterExtension
    final Client client = new Client();

    @RegisterExtension
    final Client other = new Client();

    private final String agent = Client.fresh("agent");

    @Test
    void aMessageThatIsTooLargeIsRefusedAndTheConnectionGoesOn() {
        GetAgentStateRequest large = GetAgentStateRequest.newBuilder()
                .setAgentId("a".repeat(2 * 1024 * 1024))
                .build();

        assertThatThrownBy(() -> client.agents().getAgentState(large))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED));

        assertThat(client.startAcw(agent, "call").getAlreadyStarted()).isFalse();
    }

    @Test
    void headersThatAreTooLargeAreRefusedAndTheConnectionGoesOn() {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("large", Metadata.ASCII_STRING_MARSHALLER), "a".repeat(17 * 1024));
        AgentStateServiceGrpc.AgentStateServiceBlockingStub overloaded =
                client.agents().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));

        assertThatThrownBy(() -> overloaded.getAgentState(
                        GetAgentStateRequest.newBuilder().setAgentId(agent).build()))
                .isInstanceOf(StatusRuntimeException.class);

        assertThat(client.startAcw(agent, "call").getAlreadyStarted()).isFalse();
    }

    @Test
    void whoTakesBackThousandsOfCallsLosesHisConnectionAndNobodyElseDoes() {
        Subscriber flooding = Subscriber.to(client.channel(), StreamAgentStatesRequest.getDefaultInstance())
                .untilSnapshotEnd();
        Subscriber peaceful = Subscriber.to(other.channel(), StreamAgentStatesRequest.getDefaultInstance())
                .untilSnapshotEnd();

        for (int i = 0; i < 10_000; i++) {
            startAndCancel();
        }

        await().atMost(Duration.ofSeconds(20)).until(flooding.ended()::isDone);
        other.startAcw(agent, "call");
        assertThat(other.state(agent).getStatus()).isEqualTo(AgentStatus.AGENT_STATUS_AFTER_CALL_WORK);
        assertThat(peaceful.ended()).isNotDone();
    }

    private void startAndCancel() {
        ClientCall<GetAgentStateRequest, GetAgentStateResponse> call =
                client.channel().newCall(AgentStateServiceGrpc.getGetAgentStateMethod(), CallOptions.DEFAULT);
        call.start(new ClientCall.Listener<>() {}, new Metadata());
        call.sendMessage(GetAgentStateRequest.newBuilder().setAgentId(agent).build());
        call.cancel("Never mind", null);
    }
}
