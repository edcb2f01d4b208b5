package io.aftercall.web;

import io.aftercall.signin.Session;
import io.aftercall.signin.SessionCookies;
import io.aftercall.signin.SignIn;
import io.aftercall.signin.SignInSettings;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * The way out: the browser forgets the session, the issuer its refresh token, and then its own session. What the issuer
 * has to be told stands in an address, which a script must not see: so the page goes there by another one of ours.
 */
@Singleton
class SignOutRoutes {

    static final String SIGN_OUT = "/sign-out";
    static final String CONTINUE = "/sign-out/continue";

    private final Optional<SignIn> signIn;

    SignOutRoutes(Optional<SignIn> signIn) {
        this.signIn = signIn;
    }

    void register(@Observes Router router) {
        signIn.ifPresent(way -> {
            router.post(SIGN_OUT).handler(request -> signOut(way, request));
            router.get(CONTINUE).handler(request -> goOn(way, request));
        });
    }

    private static void signOut(SignIn way, RoutingContext request) {
        if (!HandOverRoutes.fromPage(way, request)) {
            return;
        }
        SessionCookies cookies = way.cookies();
        Optional<Session> session = cookies.session(request.request());
        session.ifPresent(known -> {
            way.end(known);
            cookies.keepEnding(known, request.request());
        });
        cookies.forgetSession(request.request());
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(new JsonObject().put("location", CONTINUE).encode());
    }

    private static void goOn(SignIn way, RoutingContext request) {
        Optional<String> idToken = way.cookies().takeEnding(request.request());
        if (idToken.isEmpty()) {
            // Whoever made him come here, it was not he who signed out.
            SignInRoutes.redirect(request, SignInSettings.SIGNED_OUT);
            return;
        }
        Context loop = request.vertx().getOrCreateContext();
        way.endUrl(idToken.get())
                .whenComplete((url, failure) -> loop.runOnContext(ignored -> {
                    if (failure == null) {
                        SignInRoutes.redirect(request, url);
                    } else {
                        request.fail(failure);
                    }
                }));
    }
}
