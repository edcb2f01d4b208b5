package io.aftercall.web;

import io.aftercall.signin.Session;
import io.aftercall.signin.SignIn;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * For a page in a frame of another site. Issuers let nobody frame them, so its user signs in by another window, whose
 * cookies the frame does not see (CHIPS). That window hands over the session, sealed; the frame claims it with a secret
 * that it has kept to itself.
 */
@Singleton
class HandOverRoutes {

    static final String TAKE_OVER = "/sign-in/take-over";

    /** The last page of that window; what is handed over stands behind its {@code #}. */
    static final String PAGE = "/ui/signed-in.html";

    private static final int BODY = 64 * 1024;

    private final Optional<SignIn> signIn;

    HandOverRoutes(Optional<SignIn> signIn) {
        this.signIn = signIn;
    }

    /** Whether this is a hash that a secret is announced by. */
    static boolean isHash(String text) {
        return text.matches("[A-Za-z0-9_-]{43}");
    }

    void register(@Observes Router router) {
        signIn.ifPresent(way -> router.post(TAKE_OVER)
                .handler(BodyHandler.create(false).setBodyLimit(BODY))
                .handler(request -> takeOver(way, request)));
    }

    private void takeOver(SignIn way, RoutingContext request) {
        if (!fromPage(way, request)) {
            return;
        }
        Optional<Session> session = claimed(way, request);
        if (session.isEmpty() || !way.cookies().keep(session.get(), request.request())) {
            HttpProblem.send(request, HttpProblem.of(400, "NOT_HANDED_OVER", "There is no session to be had by this"));
            return;
        }
        request.response().setStatusCode(204).end();
    }

    private static Optional<Session> claimed(SignIn way, RoutingContext request) {
        try {
            JsonObject body = request.body().asJsonObject();
            return body == null
                    ? Optional.empty()
                    : way.takeOver(body.getString("hand_over", ""), body.getString("secret", ""));
        } catch (DecodeException | ClassCastException malformed) {
            return Optional.empty();
        }
    }

    /** Whether a page of ours makes the request; who makes it otherwise is told that he may not. */
    static boolean fromPage(SignIn way, RoutingContext request) {
        String type = String.valueOf(request.request().getHeader(HttpHeaders.CONTENT_TYPE));
        if (!SameOrigin.made(request.request(), way.origin())) {
            HttpProblem.send(request, HttpProblem.of(403, "NOT_SAME_ORIGIN", "This is for this server's own pages"));
            return false;
        }
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            HttpProblem.send(
                    request, HttpProblem.of(415, "UNSUPPORTED_MEDIA_TYPE", "The body is to be application/json"));
            return false;
        }
        return true;
    }
}
