package io.aftercall.examples;

import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStateChange;
import io.aftercall.api.v1.AgentStateChangeCause;
import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.AgentStateServiceGrpc.AgentStateServiceStub;
import io.aftercall.api.v1.Channel;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.api.v1.StreamDelivery;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The latest state of every agent, kept by a stream that goes on where it broke off. Belongs to the router's thread. */
final class AgentWatch {
    /** A bookmark comes every 5 s: after three of them have not, the connection is dead whatever it says. */
    private static final long SILENCE_SECONDS = 15;

    private final ManagedChannel channel;
    private final AgentStateServiceStub states;
    private final ScheduledExecutorService thread;
    private final Runnable changed;
    private final CompletableFuture<Void> refused = new CompletableFuture<>();

    private final Map<String, AgentState> known = new HashMap<>();
    private final Map<String, Long> offeredAt = new HashMap<>();
    private final Map<String, AgentState> snapshot = new HashMap<>();
    private String token = "";
    private int failures;
    private Attempt attempt;
    private boolean closed;

    /**
     * Reads for as long as the router runs.
     *
     * @param changed told after each message
     */
    AgentWatch(
            ManagedChannel channel, AgentStateServiceStub states, ScheduledExecutorService thread, Runnable changed) {
        this.channel = channel;
        this.states = states;
        this.thread = thread;
        this.changed = changed;
    }

    /** Begins, or goes on behind the last token. */
    void connect() {
        if (closed) {
            return;
        }
        snapshot.clear();
        // A server that was away for long would be looked for every two minutes only.
        channel.resetConnectBackoff();
        attempt = new Attempt();
        states.streamAgentStates(
                StreamAgentStatesRequest.newBuilder()
                        .setResumeToken(token)
                        // As all are printed; for routing alone the latest state of each, the default, is enough.
                        .setDelivery(StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE)
                        .build(),
                attempt);
    }

    /** Fails if the server refuses for good. */
    CompletableFuture<Void> refused() {
        return refused;
    }

    void close() {
        closed = true;
        attempt.call.cancel("The router ends", null);
    }

    /** Picks who has been free for longest and sets him aside until there is news of him. */
    Optional<String> takeLongestFree() {
        Optional<AgentState> longest = known.values().stream()
                .filter(state -> state.getRoutableChannelsList().contains(Channel.CHANNEL_VOICE))
                .filter(state -> offeredAt.getOrDefault(state.getAgentId(), -1L) < state.getVersion())
                .min(Comparator.comparingLong(
                        state -> state.getStatusSinceTime().getSeconds()));
        longest.ifPresent(state -> offeredAt.put(state.getAgentId(), state.getVersion()));
        return longest.map(AgentState::getAgentId);
    }

    private void take(AgentStateEvent event) {
        switch (event.getEventCase()) {
            case SNAPSHOT_ENTRY -> {
                AgentState state = event.getSnapshotEntry().getState();
                snapshot.put(state.getAgentId(), state);
            }
            case SNAPSHOT_END -> {
                // Instead of what was known: it may be of a database that was restored.
                known.clear();
                offeredAt.clear();
                known.putAll(snapshot);
                System.out.printf("r%d %d agents%n", event.getSnapshotEnd().getRevision(), known.size());
            }
            case CHANGE -> take(event.getChange());
            default -> {}
        }
    }

    private void take(AgentStateChange change) {
        AgentState state = change.getState();
        if (change.getCause() == AgentStateChangeCause.AGENT_STATE_CHANGE_CAUSE_AGENT_DELETED) {
            known.remove(state.getAgentId());
        } else {
            known.put(state.getAgentId(), state);
        }
        String status = state.getStatus().name().replace("AGENT_STATUS_", "");
        String cause = change.getCause().name().replace("AGENT_STATE_CHANGE_CAUSE_", "");
        System.out.println("r%d %s %s %s %s"
                .formatted(change.getRevision(), state.getAgentId(), status, cause, change.getInteractionId())
                .strip());
    }

    /** One stream. */
    private final class Attempt implements ClientResponseObserver<StreamAgentStatesRequest, StreamAgentStatesResponse> {
        private ClientCallStreamObserver<StreamAgentStatesRequest> call;
        private ScheduledFuture<?> silence;
        private Optional<Long> pause = Optional.empty();

        @Override
        public void beforeStart(ClientCallStreamObserver<StreamAgentStatesRequest> stream) {
            call = stream;
            heard();
        }

        @Override
        public void onNext(StreamAgentStatesResponse response) {
            heard();
            failures = 0;
            for (AgentStateEvent event : response.getEventsList()) {
                take(event);
                if (event.hasGoingAway()) {
                    var wait = event.getGoingAway().getReconnectAfterDuration();
                    pause = Optional.of(wait.getSeconds() * 1_000 + wait.getNanos() / 1_000_000);
                }
            }
            // After what it covers has been taken in, never before.
            if (!response.getResumeToken().isEmpty()) {
                token = response.getResumeToken();
            }
            changed.run();
        }

        @Override
        public void onError(Throwable error) {
            Status status = Status.fromThrowable(error);
            switch (status.getCode()) {
                case INVALID_ARGUMENT, PERMISSION_DENIED, UNIMPLEMENTED -> refused.completeExceptionally(error);
                case OUT_OF_RANGE -> {
                    token = "";
                    again(status);
                }
                default -> again(status);
            }
        }

        @Override
        public void onCompleted() {
            again(Status.OK);
        }

        private void heard() {
            if (silence != null) {
                silence.cancel(false);
            }
            silence = thread.schedule(() -> call.cancel("Silent", null), SILENCE_SECONDS, TimeUnit.SECONDS);
        }

        private void again(Status status) {
            silence.cancel(false);
            if (!closed) {
                long wait = pause.orElseGet(() -> Commands.backoff(failures++));
                System.err.printf("stream ended (%s), again in %d ms%n", status.getCode(), wait);
                thread.schedule(AgentWatch.this::connect, wait, TimeUnit.MILLISECONDS);
            }
        }
    }
}
