package io.aftercall.rpc;

import io.aftercall.api.v1.AgentStateChange;
import io.aftercall.api.v1.AgentStateEvent;
import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Listens to one stream of agents and remembers all it was told. */
public final class Subscriber implements ClientResponseObserver<StreamAgentStatesRequest, StreamAgentStatesResponse> {

    private final List<StreamAgentStatesResponse> messages = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final int appetite;
    private ClientCallStreamObserver<StreamAgentStatesRequest> call;

    private Subscriber(int appetite) {
        this.appetite = appetite;
    }

    public static Subscriber to(Channel channel, StreamAgentStatesRequest request) {
        return start(channel, request, new Subscriber(Integer.MAX_VALUE));
    }

    /** Stops reading after the first message, until {@link #readAll}. */
    public static Subscriber whoStopsReading(Channel channel, StreamAgentStatesRequest request) {
        return start(channel, request, new Subscriber(1));
    }

    private static Subscriber start(Channel channel, StreamAgentStatesRequest request, Subscriber subscriber) {
        AgentStateServiceGrpc.newStub(channel).streamAgentStates(request, subscriber);
        return subscriber;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<StreamAgentStatesRequest> starting) {
        call = starting;
        call.disableAutoRequestWithInitial(appetite);
    }

    public void readAll() {
        call.request(Integer.MAX_VALUE);
    }

    public void cancel() {
        call.cancel("The test has seen enough", null);
    }

    public List<StreamAgentStatesResponse> messages() {
        return messages;
    }

    public List<AgentStateEvent> events() {
        return messages.stream()
                .flatMap(message -> message.getEventsList().stream())
                .toList();
    }

    public List<AgentStateChange> changes() {
        return events().stream()
                .filter(AgentStateEvent::hasChange)
                .map(AgentStateEvent::getChange)
                .toList();
    }

    public String lastToken() {
        return messages.get(messages.size() - 1).getResumeToken();
    }

    public Subscriber untilEvent(Predicate<AgentStateEvent> wanted) {
        Awaitility.await().until(() -> events().stream().anyMatch(wanted));
        return this;
    }

    public Subscriber untilSnapshotEnd() {
        return untilEvent(AgentStateEvent::hasSnapshotEnd);
    }

    public Subscriber untilChanges(int count) {
        Awaitility.await().until(() -> changes().size() >= count);
        return this;
    }

    /** How the stream ended: completes with OK's null or with what it failed with. */
    public CompletableFuture<Throwable> ended() {
        return failure;
    }

    public Status status() {
        Throwable ended = failure.join();
        return ended == null ? Status.OK : Status.fromThrowable(ended);
    }

    @Override
    public void onNext(StreamAgentStatesResponse message) {
        messages.add(message);
    }

    @Override
    public void onError(Throwable ended) {
        failure.complete(ended);
    }

    @Override
    public void onCompleted() {
        failure.complete(null);
    }
}
