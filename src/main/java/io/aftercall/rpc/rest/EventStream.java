package io.aftercall.rpc.rest;

import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/**
 * A stream as <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent events</a>: a message
 * is one event, whose id is its resume token; then an event {@code end}, or {@code problem} with what the stream ended
 * for. A browser that connects again sends the last id, and goes on behind it.
 */
final class EventStream extends StreamExchange {

    private final JsonCall kind;
    private final WrittenOnce written;

    EventStream(
            JsonCall kind,
            ClientCall<Message, Message> call,
            HttpServerResponse response,
            WorkerExecutor writers,
            WrittenOnce written) {
        super(call, response, writers);
        this.kind = kind;
        this.written = written;
    }

    @Override
    void head(HttpServerResponse response) {
        // Proxies that collect answers are asked not to.
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream").putHeader("X-Accel-Buffering", "no");
    }

    @Override
    Buffer part(Message message) {
        return written.event(message, this::event);
    }

    private Buffer event(Message message) {
        Message answer = kind.answer(message);
        String token = kind.resumeToken(answer);
        return Buffer.buffer(
                (token.isEmpty() ? "" : "id: " + token + "\n") + "data: " + JsonCall.write(answer) + "\n\n");
    }

    @Override
    void endWell(HttpServerResponse response) {
        response.end("event: end\ndata: {}\n\n");
    }

    @Override
    void endBadly(HttpServerResponse response, Problem problem) {
        response.end("event: problem\ndata: " + problem.body().encode() + "\n\n");
    }
}
