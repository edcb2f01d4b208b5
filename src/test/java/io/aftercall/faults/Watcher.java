package io.aftercall.faults;

import com.google.protobuf.util.Durations;
import io.aftercall.api.v1.AgentState;
import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.AgentStateFilter;
import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.aftercall.api.v1.StreamDelivery;
import io.aftercall.faults.Watch.Entry;
import io.aftercall.faults.Watch.Message;
import io.aftercall.faults.Watch.Seen;
import io.aftercall.faults.Watch.Session;
import io.aftercall.feed.ResumeToken;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Subscribes; when the stream ends or falls silent, goes on by its token on the other replica. */
final class Watcher {

    private static final com.google.protobuf.Duration BOOKMARKS =
            com.google.protobuf.Duration.newBuilder().setNanos(200_000_000).build();
    private static final long SILENCE_MILLIS = 1_000;
    /** Unless the server says how long. */
    private static final long PAUSE_MILLIS = 50;

    private final String name;
    private final List<ManagedChannel> replicas;
    private final boolean everyChange;
    private final Set<String> agents;
    private final ScheduledExecutorService executor;
    private final List<Session> sessions = new ArrayList<>();
    private final CompletableFuture<Watch> told = new CompletableFuture<>();
    private int turn;
    private String token = "";
    private Stream stream;
    private boolean closed;

    Watcher(
            String name,
            List<ManagedChannel> replicas,
            boolean everyChange,
            Set<String> agents,
            ScheduledExecutorService executor) {
        this.name = name;
        this.replicas = replicas;
        this.everyChange = everyChange;
        this.agents = agents;
        this.executor = executor;
    }

    synchronized void open() {
        if (closed) {
            return;
        }
        ManagedChannel replica = replicas.get(turn++ % replicas.size());
        replica.resetConnectBackoff();
        stream = new Stream();
        AgentStateServiceGrpc.newStub(replica)
                .streamAgentStates(
                        StreamAgentStatesRequest.newBuilder()
                                .setFilter(AgentStateFilter.newBuilder().addAllAgentIds(agents))
                                .setResumeToken(token)
                                .setDelivery(
                                        everyChange
                                                ? StreamDelivery.STREAM_DELIVERY_EVERY_CHANGE
                                                : StreamDelivery.STREAM_DELIVERY_CONFLATED)
                                .setBookmarkIntervalDuration(BOOKMARKS)
                                .build(),
                        stream);
        stream.listen();
    }

    /** Ends the stream; completes with all that was told. */
    synchronized CompletableFuture<Watch> close() {
        closed = true;
        if (stream.over) {
            finish();
        } else {
            stream.call.cancel("The run is over", null);
        }
        return told;
    }

    private void finish() {
        told.complete(new Watch(name, everyChange, agents, List.copyOf(sessions)));
    }

    /** Whether all up to a revision has been told. */
    synchronized boolean reached(long revision) {
        return revision(token) >= revision;
    }

    private synchronized void ended(Session session) {
        // One that ended within its snapshot left nothing to go on from.
        boolean useless = session.after() == Watch.NONE && token.isEmpty();
        if (!useless || !session.refusal().isEmpty()) {
            sessions.add(session);
        }
        stream.over = true;
        if (closed) {
            finish();
        } else {
            executor.schedule(this::open, stream.pause, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void moveOn(String newToken) {
        token = newToken;
    }

    private static long revision(String token) {
        return token.isEmpty()
                ? Watch.NONE
                : ResumeToken.decode(token).orElseThrow().revision();
    }

    private final class Stream implements ClientResponseObserver<StreamAgentStatesRequest, StreamAgentStatesResponse> {

        private final List<Message> messages = new ArrayList<>();
        private final long after = revision(token);
        private ClientCallStreamObserver<StreamAgentStatesRequest> call;
        private volatile boolean heard = true;
        private volatile boolean over;
        private volatile long pause = PAUSE_MILLIS;

        @Override
        public void beforeStart(ClientCallStreamObserver<StreamAgentStatesRequest> starting) {
            call = starting;
        }

        /** Bookmarks come far more often than this looks. */
        void listen() {
            if (over) {
                return;
            }
            if (!heard) {
                call.cancel("Nothing was heard", null);
            }
            heard = false;
            executor.schedule(this::listen, SILENCE_MILLIS, TimeUnit.MILLISECONDS);
        }

        @Override
        public void onNext(StreamAgentStatesResponse response) {
            heard = true;
            messages.add(message(response));
            response.getEventsList().stream()
                    .filter(AgentStateEvent::hasGoingAway)
                    .map(event -> event.getGoingAway().getReconnectAfterDuration())
                    .forEach(wanted -> pause = Durations.toMillis(wanted));
            moveOn(response.getResumeToken());
        }

        @Override
        public void onError(Throwable failure) {
            end(Call.ofTheNetwork(failure) ? "" : name + ": " + failure.getMessage());
        }

        @Override
        public void onCompleted() {
            end("");
        }

        private void end(String refusal) {
            ended(new Session(after, List.copyOf(messages), refusal));
        }
    }

    private static Message message(StreamAgentStatesResponse response) {
        List<Entry> entries = new ArrayList<>();
        List<Seen> changes = new ArrayList<>();
        long snapshotEnd = Watch.NONE;
        long size = 0;
        for (AgentStateEvent event : response.getEventsList()) {
            if (event.hasSnapshotEntry()) {
                AgentState agent = event.getSnapshotEntry().getState();
                entries.add(new Entry(agent.getAgentId(), agent.getVersion(), agent.getRevision()));
            } else if (event.hasSnapshotEnd()) {
                snapshotEnd = event.getSnapshotEnd().getRevision();
                size = event.getSnapshotEnd().getAgentCount();
            } else if (event.hasChange()) {
                changes.add(new Seen(
                        LoggedChange.of(event.getChange()), event.getChange().getCoalescedCount()));
            }
        }
        return new Message(entries, changes, snapshotEnd, size, revision(response.getResumeToken()));
    }
}
