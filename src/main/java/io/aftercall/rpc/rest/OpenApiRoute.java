package io.aftercall.rpc.rest;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What calls there are, for programs that read that; made from the contract that is served, when it is first asked for. */
@Singleton
class OpenApiRoute {

    private static final String PATH = "/api/openapi.json";

    private final LocalServices services;
    private volatile String document;

    OpenApiRoute(LocalServices services) {
        this.services = services;
    }

    void register(@Observes Router router) {
        router.route(PATH).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::answer);
    }

    private void answer(RoutingContext request) {
        if (document == null) {
            document = OpenApi.of(services.calls().stream()
                            .map(JsonCall::new)
                            .filter(JsonCall::offered)
                            .toList())
                    .encode();
        }
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(document);
    }
}
