package io.aftercall.simulator;

import com.google.protobuf.util.Durations;
import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.AgentStateServiceGrpc.AgentStateServiceStub;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A subscription that outlives its connections: when a stream breaks or ends it goes on behind the last resume
 * token, and where the server no longer knows the token, with a new snapshot.
 */
public final class StateSubscription implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final AgentStateServiceStub states;
    private final StreamAgentStatesRequest request;
    private final Listener listener;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private volatile String token;
    private volatile boolean closed;
    private volatile ClientCallStreamObserver<StreamAgentStatesRequest> stream;

    /** Who takes what arrives, on the connection's event loop: it must not block. */
    public interface Listener {
        /** Some events, together. */
        void received(StreamAgentStatesResponse response);

        /** The stream has ended with this status and goes on by itself after the pause. */
        default void broken(Status status, Duration pause) {}
    }

    /**
     * Subscribes.
     *
     * @param request the first request; its resume token is where the stream begins
     */
    public StateSubscription(Channel channel, StreamAgentStatesRequest request, Listener listener) {
        this.states = AgentStateServiceGrpc.newStub(channel);
        this.request = request;
        this.listener = listener;
        this.token = request.getResumeToken();
        connect();
    }

    /** Returns the last resume token; empty until the first snapshot has ended. */
    public String token() {
        return token;
    }

    /** Returns whether there is a position to go on from. */
    public boolean caughtUp() {
        return !token.isEmpty();
    }

    /** Completes when the server refuses the subscription for good, with its error. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        closed = true;
        stream.cancel("closed by the subscriber", null);
    }

    private void connect() {
        if (!closed) {
            states.streamAgentStates(request.toBuilder().setResumeToken(token).build(), new Attempt());
        }
    }

    /** One stream of the subscription. */
    private final class Attempt implements ClientResponseObserver<StreamAgentStatesRequest, StreamAgentStatesResponse> {
        private Duration pause = PAUSE;

        @Override
        public void beforeStart(ClientCallStreamObserver<StreamAgentStatesRequest> call) {
            stream = call;
        }

        @Override
        public void onNext(StreamAgentStatesResponse response) {
            for (AgentStateEvent event : response.getEventsList()) {
                if (event.hasGoingAway()) {
                    pause = Duration.ofMillis(
                            Durations.toMillis(event.getGoingAway().getReconnectAfterDuration()));
                }
            }
            listener.received(response);
            if (!response.getResumeToken().isEmpty()) {
                token = response.getResumeToken();
            }
        }

        @Override
        public void onCompleted() {
            reconnect(Status.OK);
        }

        @Override
        public void onError(Throwable error) {
            Status status = Status.fromThrowable(error);
            switch (status.getCode()) {
                case OUT_OF_RANGE -> {
                    token = "";
                    reconnect(status);
                }
                case INVALID_ARGUMENT, UNIMPLEMENTED, UNAUTHENTICATED, PERMISSION_DENIED ->
                    ended.completeExceptionally(error);
                default -> reconnect(status);
            }
        }

        private void reconnect(Status status) {
            if (!closed) {
                listener.broken(status, pause);
                CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(StateSubscription.this::connect);
            }
        }
    }
}
