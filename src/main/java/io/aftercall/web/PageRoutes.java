package io.aftercall.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Where the pages begin, and what is answered where there is none. */
@Singleton
class PageRoutes {

    private final Buffer missing = page("/META-INF/resources/ui/not-found.html");

    void register(@Observes Router router) {
        Pages.DOORS.forEach(path -> router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(request -> request.redirect(Pages.FLOOR)));
        router.errorHandler(404, this::missing);
    }

    /** People get a page that leads on, programs a problem. */
    private void missing(RoutingContext request) {
        if (request.response().headWritten()) {
            return;
        }
        if (looksForPages(request.request())) {
            request.response()
                    .setStatusCode(404)
                    .putHeader("Content-Security-Policy", Pages.CONTENT_SECURITY_POLICY)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                    .end(missing);
        } else {
            HttpProblem.send(request, HttpProblem.of(404, "NOT_FOUND", "There is nothing at this address"));
        }
    }

    private static boolean looksForPages(HttpServerRequest request) {
        boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        return reads
                && request.headers().getAll(HttpHeaders.ACCEPT).stream()
                        .anyMatch(types -> types.toLowerCase(Locale.ROOT).contains("text/html"));
    }

    private static Buffer page(String resource) {
        try (InputStream page = PageRoutes.class.getResourceAsStream(resource)) {
            return Buffer.buffer(page.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
