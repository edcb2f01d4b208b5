package io.aftercall.rpc.rest;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;

import io.grpc.Metadata;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** What a call says of its caller, as it came over HTTP. */
final class CallHeaders {

    private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", ASCII_STRING_MARSHALLER);

    private static final Metadata.Key<String> REQUEST_ID = Metadata.Key.of("x-request-id", ASCII_STRING_MARSHALLER);

    private CallHeaders() {}

    static Metadata of(RoutingContext request) {
        Metadata headers = new Metadata();
        request.request()
                .headers()
                .getAll(HttpHeaders.AUTHORIZATION)
                .forEach(shown -> headers.put(AUTHORIZATION, shown));
        String id = request.request().getHeader("x-request-id");
        if (id != null) {
            headers.put(REQUEST_ID, id);
        }
        headers.put(CallOrigin.ADDRESS, request.request().remoteAddress().hostAddress());
        return headers;
    }
}
