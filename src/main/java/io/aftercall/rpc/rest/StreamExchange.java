package io.aftercall.rpc.rest;

import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * One request, many answers. Takes from the call only what the response has room for, so that whoever does not read is
 * known to the services as one who does not read.
 */
abstract class StreamExchange extends ClientCall.Listener<Message> {

    private final ClientCall<Message, Message> call;
    private final HttpServerResponse response;

    StreamExchange(ClientCall<Message, Message> call, HttpServerResponse response) {
        this.call = call;
        this.response = response;
    }

    /** A caller who goes takes his call with him. */
    final void begin(Metadata headers, Message request) {
        response.closeHandler(gone -> call.cancel("The caller has gone", null));
        call.start(this, headers);
        call.request(1);
        call.sendMessage(request);
        call.halfClose();
    }

    /** What is said of the answer before its first part. */
    abstract void head(HttpServerResponse response);

    abstract Buffer part(Message message);

    abstract void endWell(HttpServerResponse response);

    /** Parts may have been sent already. */
    abstract void endBadly(HttpServerResponse response, Problem problem);

    @Override
    public final void onMessage(Message message) {
        if (response.closed()) {
            return;
        }
        begun().write(part(message));
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> call.request(1));
        } else {
            call.request(1);
        }
    }

    @Override
    public final void onClose(Status status, Metadata trailers) {
        if (response.closed()) {
            return;
        }
        if (status.isOk()) {
            endWell(begun());
        } else if (response.headWritten()) {
            endBadly(response, Problem.of(status, trailers));
        } else {
            Problem.of(status, trailers).send(response);
        }
    }

    private HttpServerResponse begun() {
        if (!response.headWritten()) {
            head(response.setChunked(true));
        }
        return response;
    }
}
