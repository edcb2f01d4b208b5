package io.aftercall.web;

import io.aftercall.security.BucketTime;
import io.aftercall.security.FailedLogins;
import io.aftercall.security.NotAdmitted;
import io.aftercall.security.NotAuthenticated;
import io.aftercall.signin.Attempt;
import io.aftercall.signin.ReturnPath;
import io.aftercall.signin.SessionCookies;
import io.aftercall.signin.SignIn;
import io.aftercall.signin.SignInFailed;
import io.aftercall.signin.SignInSettings;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The way in: to the issuer, and back with a session. */
@Singleton
class SignInRoutes {

    private static final Logger LOG = Logger.getLogger(SignInRoutes.class);

    private static final String SIGN_IN = "/sign-in";

    /** Open to everybody, as nobody is known yet, or any more. */
    static final Set<String> PATHS = Set.of(
            SIGN_IN, SignInSettings.CALLBACK, HandOverRoutes.TAKE_OVER, SignOutRoutes.SIGN_OUT, SignOutRoutes.CONTINUE);

    /** Where people are told what went wrong. */
    private static final String PROBLEM = "/ui/sign-in.html?problem=";

    private final Optional<SignIn> signIn;
    private final FailedLogins failedLogins;

    SignInRoutes(Optional<SignIn> signIn, InstantSource clock) {
        this.signIn = signIn;
        this.failedLogins = new FailedLogins(new BucketTime(clock));
    }

    void register(@Observes Router router) {
        signIn.ifPresent(way -> {
            router.get(SIGN_IN).handler(request -> begin(way, request));
            router.get(SignInSettings.CALLBACK).handler(request -> finish(way, request));
        });
    }

    private void begin(SignIn way, RoutingContext request) {
        Optional<String> handOver =
                Optional.ofNullable(request.request().getParam("hand_over")).filter(HandOverRoutes::isHash);
        Attempt attempt = way.begin(ReturnPath.of(request.request().getParam("return")), handOver);
        answer(request, way.authorizationUrl(attempt), url -> {
            way.cookies().keep(attempt, request.request());
            redirect(request, url);
        });
    }

    private void finish(SignIn way, RoutingContext request) {
        SessionCookies cookies = way.cookies();
        Optional<Attempt> attempt = cookies.take(request.request().getParam("state"), request.request());
        String code = request.request().getParam("code");
        if (attempt.isEmpty()) {
            redirect(request, PROBLEM + "unexpected");
        } else if (code == null) {
            redirect(request, PROBLEM + "declined");
        } else {
            answer(request, way.finish(code, attempt.get()), known -> welcome(way, attempt.get(), known, request));
        }
    }

    private void welcome(SignIn way, Attempt attempt, SignIn.Known known, RoutingContext request) {
        LOG.infof(
                "%s of tenant %s has signed in from %s",
                known.caller().subject(),
                known.caller().tenant(),
                request.request().remoteAddress().hostAddress());
        if (attempt.handOver().isPresent()) {
            String sealed = way.handOver(known.session(), attempt.handOver().get());
            redirect(request, HandOverRoutes.PAGE + "#" + sealed);
        } else if (way.cookies().keep(known.session(), request.request())) {
            redirect(request, attempt.returnTo());
        } else {
            LOG.warn("The issuer's tokens are too long to be kept by a browser. Have it put less into them.");
            redirect(request, PROBLEM + "unavailable");
        }
    }

    /** Goes on where the request is served; people who cannot sign in are told why not. */
    private <T> void answer(RoutingContext request, CompletionStage<T> found, Consumer<T> next) {
        Context loop = request.vertx().getOrCreateContext();
        found.whenComplete((value, failure) -> loop.runOnContext(ignored -> {
            if (failure == null) {
                next.accept(value);
            } else {
                refuse(request, failure instanceof CompletionException ? failure.getCause() : failure);
            }
        }));
    }

    private void refuse(RoutingContext request, Throwable failure) {
        if (failure instanceof NotAuthenticated refused) {
            failedLogins.add(refused, request.request().remoteAddress().hostAddress());
            redirect(request, PROBLEM + "refused");
        } else if (failure instanceof NotAdmitted) {
            redirect(request, PROBLEM + "refused");
        } else if (failure instanceof SignInFailed ended && ended.reason() == SignInFailed.Reason.ENDED) {
            redirect(request, PROBLEM + "unexpected");
        } else if (failure instanceof RuntimeException) {
            redirect(request, PROBLEM + "unavailable");
        } else {
            request.fail(failure);
        }
    }

    static void redirect(RoutingContext request, String location) {
        request.response()
                .setStatusCode(303)
                .putHeader(HttpHeaders.LOCATION, location)
                .end();
    }
}
