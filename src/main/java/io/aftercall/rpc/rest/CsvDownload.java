package io.aftercall.rpc.rest;

import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** A stream of parts of a table, as a file for a browser to keep; one that does not end well is cut off. */
final class CsvDownload extends StreamExchange {

    private final JsonCall kind;

    CsvDownload(JsonCall kind, ClientCall<Message, Message> call, HttpServerResponse response, WorkerExecutor writers) {
        super(call, response, writers);
        this.kind = kind;
    }

    @Override
    void head(HttpServerResponse response) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/csv; charset=utf-8")
                .putHeader(
                        "Content-Disposition",
                        "attachment; filename=\"" + kind.method().getBareMethodName() + ".csv\"");
    }

    @Override
    Buffer part(Message message) {
        return Buffer.buffer(kind.csv(message).toByteArray());
    }

    @Override
    void endWell(HttpServerResponse response) {
        response.end();
    }

    @Override
    void endBadly(HttpServerResponse response, Problem problem) {
        response.reset();
    }
}
