package io.aftercall.rpc.rest;

import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** One request, one answer. */
final class UnaryExchange extends ClientCall.Listener<Message> {

    private final HttpServerResponse response;
    private Message answer;

    private UnaryExchange(HttpServerResponse response) {
        this.response = response;
    }

    /** A caller who goes takes his call with him. */
    static void begin(
            ClientCall<Message, Message> call, Metadata headers, Message request, HttpServerResponse response) {
        response.closeHandler(gone -> call.cancel("The caller has gone", null));
        call.start(new UnaryExchange(response), headers);
        call.request(2);
        call.sendMessage(request);
        call.halfClose();
    }

    @Override
    public void onMessage(Message message) {
        answer = message;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        if (response.closed()) {
            return;
        }
        if (status.isOk()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(JsonCall.write(answer));
        } else {
            Problem.of(status, trailers).send(response);
        }
    }
}
