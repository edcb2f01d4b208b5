package io.aftercall.web;

import io.aftercall.security.Authenticator;
import io.aftercall.security.Caller;
import io.aftercall.security.Credentials;
import io.aftercall.signin.Session;
import io.aftercall.signin.SessionCookies;
import io.aftercall.signin.SignIn;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds the caller of a request that shows a session, and has its token stand where every token stands. */
final class SessionGuard {

    private final SignIn signIn;
    private final SessionCookies cookies;
    private final Authenticator authenticator;

    SessionGuard(SignIn signIn, Authenticator authenticator) {
        this.signIn = signIn;
        this.cookies = signIn.cookies();
        this.authenticator = authenticator;
    }

    /**
     * Who makes the request.
     *
     * @return fails as {@link Authenticator#caller} does, with {@link NotSameOrigin}, or with
     *     {@link io.aftercall.signin.SignInFailed}
     */
    CompletionStage<Caller> caller(RoutingContext request) {
        Optional<Session> session = cookies.session(request.request());
        if (session.isEmpty()) {
            return authenticator.caller(Credentials.NONE);
        }
        if (!SameOrigin.made(request.request(), signIn.origin())) {
            return CompletableFuture.failedFuture(new NotSameOrigin());
        }
        return signIn.current(session.get()).thenApply(known -> {
            if (!known.session().equals(session.get())) {
                cookies.keep(known.session(), request.request());
            }
            request.request()
                    .headers()
                    .set(HttpHeaders.AUTHORIZATION, "Bearer " + known.session().accessToken());
            return known.caller();
        });
    }
}
