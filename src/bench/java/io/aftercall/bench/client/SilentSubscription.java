package io.aftercall.bench.client;

import io.aftercall.api.v1.AgentStateServiceGrpc;
import io.aftercall.api.v1.StreamAgentStatesRequest;
import io.aftercall.api.v1.StreamAgentStatesResponse;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;

/** A subscription that reads one message and then, as long as it is open, nothing more. */
public final class SilentSubscription
        implements ClientResponseObserver<StreamAgentStatesRequest, StreamAgentStatesResponse>, AutoCloseable {
    private final Failures failures;
    private volatile ClientCallStreamObserver<StreamAgentStatesRequest> stream;
    private volatile boolean heard;
    private volatile boolean closed;

    /**
     * Subscribes.
     *
     * @param failures where the end of the stream is counted, if it comes before it is closed
     */
    public SilentSubscription(Channel channel, StreamAgentStatesRequest request, Failures failures) {
        this.failures = failures;
        AgentStateServiceGrpc.newStub(channel).streamAgentStates(request, this);
    }

    /** Returns whether the one message has arrived. */
    public boolean heard() {
        return heard;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<StreamAgentStatesRequest> call) {
        stream = call;
        call.disableAutoRequestWithInitial(1);
    }

    @Override
    public void onNext(StreamAgentStatesResponse response) {
        heard = true;
    }

    @Override
    public void onError(Throwable error) {
        if (!closed) {
            failures.count(error);
        }
    }

    @Override
    public void onCompleted() {
        failures.count("stream ended", 1);
    }

    @Override
    public void close() {
        closed = true;
        stream.cancel("closed by the subscriber", null);
    }
}
