package io.aftercall.rpc.rest;

import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.jboss.logging.Logger;

/**
 * One request, many answers. Takes from the call only what the response has room for, so that whoever does not read is
 * known to the services as one who does not read.
 */
abstract class StreamExchange extends ClientCall.Listener<Message> {

    private static final Logger LOG = Logger.getLogger(StreamExchange.class);

    /** In bytes on the wire of gRPC: to write more than that is no work for an event loop, which others wait for. */
    private static final int SHORT = 16 * 1024;

    private final ClientCall<Message, Message> call;
    private final HttpServerResponse response;
    private final WorkerExecutor writers;
    private Future<Void> written = Future.succeededFuture();

    StreamExchange(ClientCall<Message, Message> call, HttpServerResponse response, WorkerExecutor writers) {
        this.call = call;
        this.response = response;
        this.writers = writers;
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

    /** The next one comes only when this one has been written. */
    @Override
    public final void onMessage(Message message) {
        Future<Buffer> part = message.getSerializedSize() <= SHORT
                ? Future.succeededFuture(part(message))
                : writers.executeBlocking(() -> part(message), false);
        written = part.map(this::write).onFailure(failure -> call.cancel("An answer could not be written", failure));
    }

    private Void write(Buffer part) {
        if (!response.closed()) {
            begun().write(part);
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> call.request(1));
            } else {
                call.request(1);
            }
        }
        return null;
    }

    @Override
    public final void onClose(Status status, Metadata trailers) {
        written.onSuccess(done -> close(status, trailers)).onFailure(failure -> {
            LOG.error("An answer could not be written", failure);
            response.reset();
        });
    }

    private void close(Status status, Metadata trailers) {
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
