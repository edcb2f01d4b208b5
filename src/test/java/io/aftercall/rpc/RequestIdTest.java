package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import io.aftercall.api.v1.AcwServiceGrpc;
import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.BeginInteractionRequest;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.ExtendAcwRequest;
import io.aftercall.api.v1.ExtendAcwResponse;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.StartAcwResponse;
import io.aftercall.boot.DatabaseResource;
import io.grpc.Status.Code;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class RequestIdTest {

    @RegisterExtension
    final Client client = new Client();

    private final String agent = Client.fresh("agent");
    private final String call = Client.fresh("call");
    private final String requestId = UUID.randomUUID().toString();

    @Test
    void aRepeatedExtendExtendsOnce() {
        client.startAcw(agent, call);
        ExtendAcwResponse first = client.acw().extendAcw(extend());

        ExtendAcwResponse second = client.acw().extendAcw(extend());

        assertThat(second).isEqualTo(first);
        assertThat(client.state(agent).getAcws(0).getExtensionsUsed()).isEqualTo(1);
    }

    @Test
    void aRepeatedStartReturnsTheFirstOutcomeAsItWasAlthoughTheAcwHasEnded() {
        StartAcwRequest start = start(call);
        StartAcwResponse first = client.acw().startAcw(start);
        client.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteractionId(call)
                        .build());

        StartAcwResponse second = client.acw().startAcw(start);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void theSameIdWithOtherContentIsRefusedAndDoesNothing() {
        client.acw().startAcw(start(call));
        String other = Client.fresh("call");

        GrpcError error = GrpcError.of(() -> client.acw().startAcw(start(other)));

        assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(error.reason()).isEqualTo("REQUEST_ID_REUSED");
        assertThat(error.metadata()).isEqualTo(Map.of("request_id", requestId));
        assertThat(client.state(agent).getAcwsList()).hasSize(1);
    }

    /** Their messages have the same fields under the same numbers: only the call tells them apart. */
    @Test
    void theIdOfAnExtendIsRefusedForAComplete() {
        client.startAcw(agent, call);
        client.acw().extendAcw(extend());

        GrpcError error = GrpcError.of(() -> client.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setRequestId(requestId)
                        .setAgentId(agent)
                        .setInteractionId(call)
                        .build()));

        assertThat(error.reason()).isEqualTo("REQUEST_ID_REUSED");
    }

    @Test
    void theIdOfACompleteIsRefusedForAnExtend() {
        client.startAcw(agent, call);
        client.acw()
                .completeAcw(CompleteAcwRequest.newBuilder()
                        .setRequestId(requestId)
                        .setAgentId(agent)
                        .setInteractionId(call)
                        .build());

        GrpcError error = GrpcError.of(() -> client.acw().extendAcw(extend()));

        assertThat(error.reason()).isEqualTo("REQUEST_ID_REUSED");
    }

    @Test
    void theIdOfABeginIsRefusedForAStart() {
        client.agents()
                .beginInteraction(BeginInteractionRequest.newBuilder()
                        .setRequestId(requestId)
                        .setAgentId(agent)
                        .setInteraction(Client.call(call))
                        .build());

        GrpcError error = GrpcError.of(() -> client.acw().startAcw(start(call)));

        assertThat(error.reason()).isEqualTo("REQUEST_ID_REUSED");
    }

    @Test
    void aRefusedRequestKeepsNoReplySoTheSameIdMayTryAgain() {
        GrpcError refused = GrpcError.of(() -> client.acw().extendAcw(extend()));
        client.startAcw(agent, call);

        ExtendAcwResponse extended = client.acw().extendAcw(extend());

        assertThat(refused.code()).isEqualTo(Code.NOT_FOUND);
        assertThat(extended.getAcw().getExtensionsUsed()).isEqualTo(1);
    }

    /** Two of the same at once may go into one transaction. */
    @Test
    void simultaneousRepetitionsAllGetTheSameAnswer() throws Exception {
        List<ListenableFuture<StartAcwResponse>> answers = new ArrayList<>();
        AcwServiceGrpc.AcwServiceFutureStub acw = AcwServiceGrpc.newFutureStub(client.channel());
        for (int pair = 0; pair < 100; pair++) {
            StartAcwRequest request = start(call).toBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setAgentId(Client.fresh("agent"))
                    .build();
            answers.add(acw.startAcw(request));
            answers.add(acw.startAcw(request));
        }

        List<StartAcwResponse> all = Futures.allAsList(answers).get();

        for (int pair = 0; pair < all.size(); pair += 2) {
            assertThat(all.get(pair + 1)).isEqualTo(all.get(pair));
        }
    }

    @Test
    void thePresenceOfOneRequestIsDeclaredOnceHoweverOftenItComes() throws Exception {
        SetPresenceRequest request = SetPresenceRequest.newBuilder()
                .setRequestId(requestId)
                .setAgentId(agent)
                .setPresence(Presence.PRESENCE_AVAILABLE)
                .build();
        AgentStateServiceGrpc.AgentStateServiceFutureStub agents =
                AgentStateServiceGrpc.newFutureStub(client.channel());

        Futures.allAsList(agents.setPresence(request), agents.setPresence(request), agents.setPresence(request))
                .get();

        assertThat(client.state(agent).getVersion()).isEqualTo(1);
    }

    private ExtendAcwRequest extend() {
        return ExtendAcwRequest.newBuilder()
                .setRequestId(requestId)
                .setAgentId(agent)
                .setInteractionId(call)
                .build();
    }

    private StartAcwRequest start(String interactionId) {
        return StartAcwRequest.newBuilder()
                .setRequestId(requestId)
                .setAgentId(agent)
                .setInteraction(Client.call(interactionId))
                .build();
    }
}
