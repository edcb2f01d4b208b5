package io.aftercall.simulator;

import io.aftercall.api.v1.AcwServiceGrpc;
import io.aftercall.api.v1.AcwServiceGrpc.AcwServiceStub;
import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.AgentStateServiceGrpc.AgentStateServiceStub;
import io.aftercall.api.v1.BeginInteractionRequest;
import io.aftercall.api.v1.BeginInteractionResponse;
import io.aftercall.api.v1.CompleteAcwRequest;
import io.aftercall.api.v1.CompleteAcwResponse;
import io.aftercall.api.v1.ExtendAcwRequest;
import io.aftercall.api.v1.ExtendAcwResponse;
import io.aftercall.api.v1.FollowUpDetails;
import io.aftercall.api.v1.Interaction;
import io.aftercall.api.v1.NewFollowUp;
import io.aftercall.api.v1.Presence;
import io.aftercall.api.v1.SetPresenceRequest;
import io.aftercall.api.v1.SetPresenceResponse;
import io.aftercall.api.v1.StartAcwRequest;
import io.aftercall.api.v1.StartAcwResponse;
import io.aftercall.api.v1.WrapUp;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * What router and agents' windows tell the server. While the server is away or overloaded a command is repeated
 * as it was every half second: commands are idempotent, and one that got lost would leave an agent engaged.
 */
final class Commands implements AutoCloseable {
    private static final Executor LATER = CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);

    private final UnaryCalls calls;
    private final AgentStateServiceStub states;
    private final AcwServiceStub acws;
    private volatile boolean closed;

    Commands(Channel channel, UnaryCalls calls) {
        this.calls = calls;
        this.states = AgentStateServiceGrpc.newStub(channel);
        this.acws = AcwServiceGrpc.newStub(channel);
    }

    CompletableFuture<SetPresenceResponse> setPresence(String agentId, Presence presence, String reason) {
        return send(
                states::setPresence,
                SetPresenceRequest.newBuilder()
                        .setRequestId(requestId())
                        .setAgentId(agentId)
                        .setPresence(presence)
                        .setNotReadyReason(reason)
                        .build());
    }

    CompletableFuture<BeginInteractionResponse> begin(String agentId, Interaction interaction) {
        return send(
                states::beginInteraction,
                BeginInteractionRequest.newBuilder()
                        .setRequestId(requestId())
                        .setAgentId(agentId)
                        .setInteraction(interaction)
                        .build());
    }

    CompletableFuture<StartAcwResponse> startAcw(String agentId, Interaction interaction) {
        return send(
                acws::startAcw,
                StartAcwRequest.newBuilder()
                        .setRequestId(requestId())
                        .setAgentId(agentId)
                        .setInteraction(interaction)
                        .build());
    }

    CompletableFuture<ExtendAcwResponse> extend(String agentId, String interactionId) {
        return send(
                acws::extendAcw,
                ExtendAcwRequest.newBuilder()
                        .setRequestId(requestId())
                        .setAgentId(agentId)
                        .setInteractionId(interactionId)
                        .build());
    }

    /** @param promise what the agent promised the customer, who is that of the interaction */
    CompletableFuture<CompleteAcwResponse> complete(
            String agentId, String interactionId, WrapUp wrapUp, Optional<FollowUpDetails> promise) {
        CompleteAcwRequest.Builder request = CompleteAcwRequest.newBuilder()
                .setRequestId(requestId())
                .setAgentId(agentId)
                .setInteractionId(interactionId)
                .setWrapUp(wrapUp);
        promise.ifPresent(details -> request.addFollowUps(
                NewFollowUp.newBuilder().setFollowUpId(requestId()).setDetails(details)));
        return send(acws::completeAcw, request.build());
    }

    /** Repeats nothing any more. */
    @Override
    public void close() {
        closed = true;
    }

    private <Q, R> CompletableFuture<R> send(BiConsumer<Q, StreamObserver<R>> method, Q request) {
        return calls.send(method, request)
                .exceptionallyCompose(error -> mayPass(error) && !closed
                        ? CompletableFuture.runAsync(() -> {}, LATER).thenCompose(again -> send(method, request))
                        : CompletableFuture.failedFuture(error));
    }

    private static boolean mayPass(Throwable error) {
        return switch (Status.fromThrowable(error).getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED -> true;
            default -> false;
        };
    }

    private static String requestId() {
        return UUID.randomUUID().toString();
    }
}
