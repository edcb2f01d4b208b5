package io.aftercall.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercall.api.v1.AcwInteractionAction;
import io.aftercall.api.v1.AcwMode;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.BeginInteractionRequest;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.DispositionRequirement;
import io.aftercall.api.v1.ExtendAcwRequest;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.Policy;
import io.aftercall.api.v1.WrapUp;
import io.aftercall.boot.DatabaseResource;
import io.grpc.Status.Code;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Illegal moves: each has its reason, says what it is about and leaves nothing. */
@QuarkusTest
@QuarkusTestResource(DatabaseResource.class)
@QuarkusTestResource(FreePorts.class)
class RefusalsTest {

    @RegisterExtension
    final Client client = new Client();

    private final String agent = Client.fresh("agent");
    private final String call = Client.fresh("call");
    private final Map<String, String> both = Map.of("agent_id", agent, "interaction_id", call);

    @Test
    void noInteractionBeginsDuringAcw() {
        client.startAcw(agent, call);

        GrpcError error = refusalThatChangesNothing(() -> begin(Client.fresh("call"), false));

        assertThat(error.reason()).isEqualTo("AGENT_NOT_ROUTABLE");
        assertThat(error.metadata())
                .containsAllEntriesOf(Map.of("agent_id", agent, "channel", "VOICE", "status", "AFTER_CALL_WORK"));
    }

    @Test
    void anInteractionThatHasEndedDoesNotBeginAgain() {
        client.startAcw(agent, call);

        GrpcError error = refusalThatChangesNothing(() -> begin(call, true));

        assertThat(error.reason()).isEqualTo("INTERACTION_ENDED");
        assertThat(error.metadata()).isEqualTo(both);
    }

    @Test
    void anAcwThatHasEndedIsNotExtended() {
        client.startAcw(agent, call);
        complete("");

        GrpcError error = refusalThatChangesNothing(this::extend);

        assertThat(error.reason()).isEqualTo("ACW_ENDED");
        assertThat(error.metadata()).isEqualTo(both);
    }

    @Test
    void anotherWrapUpAfterTheLateCompletionIsRefused() {
        client.rules(agent, Policy.newBuilder().setLateCompletion(Client.seconds(0)));
        client.startAcw(agent, call);
        complete("SOLVED");

        GrpcError error = refusalThatChangesNothing(() -> complete("UNSOLVED"));

        assertThat(error.reason()).isEqualTo("ACW_ENDED");
        assertThat(error.metadata()).isEqualTo(both);
    }

    @Test
    void noMoreExtensionsThanThePolicyAllows() {
        client.rules(agent, Policy.newBuilder().setMaxExtensions(1));
        client.startAcw(agent, call);
        extend();

        GrpcError error = refusalThatChangesNothing(this::extend);

        assertThat(error.reason()).isEqualTo("EXTENSIONS_EXHAUSTED");
        assertThat(error.metadata()).isEqualTo(both);
    }

    @Test
    void aFixedAcwIsNeitherExtendedNorLeftEarly() {
        client.rules(agent, Policy.newBuilder().setMode(AcwMode.ACW_MODE_FIXED));
        client.startAcw(agent, call);

        GrpcError extended = refusalThatChangesNothing(this::extend);
        GrpcError left = refusalThatChangesNothing(() -> complete("SOLVED"));

        assertThat(extended.reason()).isEqualTo("EXTENSION_NOT_ALLOWED");
        assertThat(left.reason()).isEqualTo("EARLY_EXIT_NOT_ALLOWED");
        assertThat(left.metadata()).isEqualTo(both);
    }

    @Test
    void aPausedAcwIsNotExtended() {
        client.rules(agent, Policy.newBuilder().setOnNewInteraction(AcwInteractionAction.ACW_INTERACTION_ACTION_PAUSE));
        client.startAcw(agent, call);
        begin(Client.fresh("call"), true);

        GrpcError error = refusalThatChangesNothing(this::extend);

        assertThat(error.reason()).isEqualTo("EXTENSION_NOT_ALLOWED");
        assertThat(error.metadata()).isEqualTo(both);
    }

    @Test
    void aRequiredDispositionMustBeThere() {
        client.rules(
                agent, Policy.newBuilder().setDisposition(DispositionRequirement.DISPOSITION_REQUIREMENT_REQUIRED));
        client.startAcw(agent, call);

        GrpcError error = refusalThatChangesNothing(() -> complete(""));

        assertThat(error.reason()).isEqualTo("DISPOSITION_REQUIRED");
        assertThat(error.metadata()).isEqualTo(both);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        GrpcError noAgent = GrpcError.of(this::extend);
        client.startAcw(agent, Client.fresh("call"));
        GrpcError noAcw = GrpcError.of(this::extend);

        assertThat(noAgent.code()).isEqualTo(Code.NOT_FOUND);
        assertThat(noAgent.reason()).isEqualTo("AGENT_NOT_FOUND");
        assertThat(noAcw.code()).isEqualTo(Code.NOT_FOUND);
        assertThat(noAcw.reason()).isEqualTo("ACW_NOT_FOUND");
        assertThat(noAcw.metadata()).isEqualTo(both);
    }

    @Test
    void anUnknownAgentIsNotRegisteredByARefusedForce() {
        CompleteAcwRequest force =
                completion("").setForce(true).setForceReason("clean up").build();

        GrpcError error = GrpcError.of(() -> client.acw().completeAcw(force));

        assertThat(error.reason()).isEqualTo("ACW_NOT_FOUND");
        assertThat(GrpcError.of(() -> client.state(agent)).reason()).isEqualTo("AGENT_NOT_FOUND");
    }

    private GrpcError refusalThatChangesNothing(ThrowingCallable command) {
        AgentState before = read();
        GrpcError error = GrpcError.of(command);
        assertThat(error.code()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(read()).isEqualTo(before);
        return error;
    }

    private AgentState read() {
        return client.agents()
                .getAgentState(
                        GetAgentStateRequest.newBuilder().setAgentId(agent).build())
                .getAgentState();
    }

    private void begin(String interactionId, boolean override) {
        client.agents()
                .beginInteraction(BeginInteractionRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteraction(Client.call(interactionId))
                        .setOverride(override)
                        .build());
    }

    private void extend() {
        client.acw()
                .extendAcw(ExtendAcwRequest.newBuilder()
                        .setAgentId(agent)
                        .setInteractionId(call)
                        .build());
    }

    private void complete(String disposition) {
        client.acw().completeAcw(completion(disposition).build());
    }

    private CompleteAcwRequest.Builder completion(String disposition) {
        return CompleteAcwRequest.newBuilder()
                .setAgentId(agent)
                .setInteractionId(call)
                .setWrapUp(WrapUp.newBuilder().setDispositionCode(disposition));
    }
}
