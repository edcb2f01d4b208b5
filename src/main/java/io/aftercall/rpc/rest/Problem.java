package io.aftercall.rpc.rest;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An error as <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a> has it: {@code status}, {@code title} (the
 * reason of {@code error_reason.proto}) and {@code detail}; beside them {@code code} (gRPC's), {@code metadata} of the
 * reason, {@code violations}, and {@code retry_after_ms} where to try again may help.
 */
record Problem(JsonObject body, int status, long retryAfterMillis) {

    static final String TYPE = "application/problem+json";

    /** HTTP's status for gRPC's, as {@code google.rpc.Code} documents it. */
    private static int status(Status.Code code) {
        return switch (code) {
            case OK -> 200;
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, ABORTED -> 409;
            case RESOURCE_EXHAUSTED -> 429;
            case CANCELLED -> 499;
            case UNIMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
            case DEADLINE_EXCEEDED -> 504;
            case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
        };
    }

    /** What a call ended with. */
    static Problem of(Status status, Metadata trailers) {
        int http = status(status.getCode());
        JsonObject body = body(http, status.getCode().name(), status.getDescription())
                .put("code", status.getCode().name());
        long retryAfter = 0;
        com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
        for (Any detail : details.getDetailsList()) {
            retryAfter = Math.max(retryAfter, add(body, detail));
        }
        return new Problem(body, http, retryAfter);
    }

    /** What is wrong before there is a call. */
    static Problem of(int status, String title, String detail) {
        return new Problem(body(status, title, detail), status, 0);
    }

    /** What is wrong with which field, as the services would say it. */
    static Problem ofFields(Map<String, String> violations) {
        String sentences = violations.entrySet().stream()
                .map(one -> one.getKey() + ": " + one.getValue())
                .collect(Collectors.joining("; "));
        JsonArray fields = new JsonArray();
        violations.forEach(
                (field, what) -> fields.add(new JsonObject().put("field", field).put("description", what)));
        return new Problem(
                body(400, "INVALID_FIELDS", sentences)
                        .put("code", Status.Code.INVALID_ARGUMENT.name())
                        .put("violations", fields),
                400,
                0);
    }

    private static JsonObject body(int status, String title, String detail) {
        return new JsonObject().put("status", status).put("title", title).put("detail", detail);
    }

    /** Returns after how many milliseconds to try again, if the detail says so. */
    private static long add(JsonObject body, Any detail) {
        try {
            if (detail.isSameTypeAs(ErrorInfo.getDefaultInstance())) {
                ErrorInfo info = detail.unpackSameTypeAs(ErrorInfo.getDefaultInstance());
                body.put("title", info.getReason());
                if (info.getMetadataCount() > 0) {
                    body.put("metadata", new JsonObject(Map.copyOf(info.getMetadataMap())));
                }
            } else if (detail.isSameTypeAs(BadRequest.getDefaultInstance())) {
                JsonArray violations = new JsonArray();
                detail.unpackSameTypeAs(BadRequest.getDefaultInstance())
                        .getFieldViolationsList()
                        .forEach(violation -> violations.add(new JsonObject()
                                .put("field", violation.getField())
                                .put("description", violation.getDescription())));
                body.put("violations", violations);
            } else if (detail.isSameTypeAs(RetryInfo.getDefaultInstance())) {
                var delay =
                        detail.unpackSameTypeAs(RetryInfo.getDefaultInstance()).getRetryDelay();
                long millis = delay.getSeconds() * 1_000 + delay.getNanos() / 1_000_000;
                body.put("retry_after_ms", millis);
                return Math.max(millis, 1);
            }
            return 0;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("Details of errors are messages of their types", e);
        }
    }

    void send(HttpServerResponse response) {
        if (retryAfterMillis > 0) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString((retryAfterMillis + 999) / 1_000));
        }
        if (status == 401) {
            response.putHeader("WWW-Authenticate", "Bearer realm=\"aftercall\"");
        }
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, TYPE).end(body.encode());
    }
}
