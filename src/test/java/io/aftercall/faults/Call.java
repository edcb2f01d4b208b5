package io.aftercall.faults;

import io.aftercall.api.v1.AcwServiceGrpc;
import io.aftercall.api.v1.AfterCallWork;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.CompleteAcwResponse;
import io.aftercall.api.v1.ExtendAcwRequest;
import io.aftercall.api.v1.ExtendAcwResponse;
import io.aftercall.api.v1.GetAgentStateRequest;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.StartAcwResponse;
import io.aftercall.faults.Operation.Command;
import io.aftercall.faults.Operation.Outcome;
import io.aftercall.faults.Operation.Verdict;
import io.aftercall.rpc.Client;
import io.aftercall.rpc.GrpcError;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One call over the network that fails. */
final class Call {

    private static final long DEADLINE_MILLIS = 600;
    private static final Set<Status.Code> EXPLAINED = Set.of(
            Status.Code.UNAVAILABLE,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.CANCELLED,
            Status.Code.RESOURCE_EXHAUSTED);

    private Call() {}

    /** Makes the call and waits for what comes of it. */
    static Outcome make(ManagedChannel channel, Command command) {
        try {
            return answer(channel, command);
        } catch (StatusRuntimeException failure) {
            return switch (failure.getStatus().getCode()) {
                case NOT_FOUND, FAILED_PRECONDITION ->
                    notAccepted(Verdict.REFUSED, GrpcError.of(failure).reason());
                default -> notAccepted(ofTheNetwork(failure) ? Verdict.UNKNOWN : Verdict.FAULT, failure.getMessage());
            };
        }
    }

    /**
     * Whether a call failed in a way that faults explain. What the client's own transport met has a cause, whatever its
     * status; what the server said has none.
     */
    static boolean ofTheNetwork(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        return status.getCause() != null || EXPLAINED.contains(status.getCode());
    }

    private static Outcome answer(ManagedChannel channel, Command command) {
        var acw = AcwServiceGrpc.newBlockingStub(channel).withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
        var agents = AgentStateServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
        return switch (command.kind()) {
            case START -> {
                StartAcwResponse reply = acw.startAcw(StartAcwRequest.newBuilder()
                        .setRequestId(command.requestId())
                        .setAgentId(command.agentId())
                        .setInteraction(Client.call(command.interactionId()))
                        .build());
                yield accepted(reply.getAgentState(), reply.getAcw(), reply.getAlreadyStarted());
            }
            case COMPLETE -> {
                CompleteAcwResponse reply = acw.completeAcw(CompleteAcwRequest.newBuilder()
                        .setRequestId(command.requestId())
                        .setAgentId(command.agentId())
                        .setInteractionId(command.interactionId())
                        .build());
                yield accepted(
                        reply.getAgentState(), reply.hasAcw() ? reply.getAcw() : null, reply.getAlreadyCompleted());
            }
            case EXTEND -> {
                ExtendAcwResponse reply = acw.extendAcw(ExtendAcwRequest.newBuilder()
                        .setRequestId(command.requestId())
                        .setAgentId(command.agentId())
                        .setInteractionId(command.interactionId())
                        .build());
                yield accepted(reply.getAgentState(), reply.getAcw(), false);
            }
            case PRESENCE ->
                accepted(
                        agents.setPresence(SetPresenceRequest.newBuilder()
                                        .setRequestId(command.requestId())
                                        .setAgentId(command.agentId())
                                        .setPresence(command.presence())
                                        .build())
                                .getAgentState(),
                        null,
                        false);
            case READ ->
                accepted(
                        agents.getAgentState(GetAgentStateRequest.newBuilder()
                                        .setAgentId(command.agentId())
                                        .build())
                                .getAgentState(),
                        null,
                        false);
        };
    }

    private static Outcome accepted(AgentState state, AfterCallWork acw, boolean repeated) {
        return new Outcome(Verdict.ACCEPTED, state, acw, repeated, "", Instant.now());
    }

    private static Outcome notAccepted(Verdict verdict, String reason) {
        return Outcome.notAccepted(verdict, reason, Instant.now());
    }
}
