package io.aftercall.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** An error as RFC 9457 has it. */
final class HttpProblem {

    /** Why a request is not served. */
    record Refusal(int status, String reason, String detail) {

        void send(RoutingContext request) {
            HttpProblem.send(request, of(status, reason, detail));
        }
    }

    private HttpProblem() {}

    static JsonObject of(int status, String reason, String detail) {
        return new JsonObject().put("status", status).put("title", reason).put("detail", detail);
    }

    static void send(RoutingContext request, JsonObject problem) {
        request.response()
                .setStatusCode(problem.getInteger("status"))
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(problem.encode());
    }
}
