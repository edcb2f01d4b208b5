package io.aftercall.web;

import io.aftercall.engine.StoreUnavailable;
import io.aftercall.security.Authenticator;
import io.aftercall.security.BucketTime;
import io.aftercall.security.Caller;
import io.aftercall.security.Credentials;
import io.aftercall.security.FailedLogins;
import io.aftercall.security.KeysNotThere;
import io.aftercall.security.NotAdmitted;
import io.aftercall.security.NotAuthenticated;
import io.aftercall.signin.SignIn;
import io.aftercall.signin.SignInFailed;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Lets nobody in over HTTP who is not known, by the same credentials as over gRPC, or by the session of one who has signed
 * in; only probes, pages without anything in them, and the way in are open. Whatever is served finds its caller here, and
 * what nobody serves is not told from what one may not see.
 */
@Singleton
public class HttpGuard {

    private static final String CALLER = "caller";

    /** Before everything else. */
    private static final int FIRST = 10_000;

    private static final Set<String> PROBES =
            Set.of("/q/health", "/q/health/live", "/q/health/ready", "/q/health/started");

    private final Authenticator authenticator;
    private final Optional<SessionGuard> sessions;
    private final FrameAncestors ancestors;
    private final Optional<LocalNames> names;
    private final FailedLogins failedLogins;

    HttpGuard(
            Authenticator authenticator,
            Optional<SignIn> signIn,
            FrameAncestors ancestors,
            LocalNames names,
            InstantSource clock) {
        this.authenticator = authenticator;
        this.names = authenticator.asks() ? Optional.empty() : Optional.of(names);
        this.sessions = signIn.map(way -> new SessionGuard(way, authenticator));
        this.ancestors = ancestors;
        this.failedLogins = new FailedLogins(new BucketTime(clock));
    }

    void register(@Observes Filters filters) {
        filters.register(this::filter, FIRST);
    }

    /** Who makes the request. */
    public static Caller caller(RoutingContext request) {
        return request.get(CALLER);
    }

    private void filter(RoutingContext request) {
        harden(request);
        Optional<HttpProblem.Refusal> misled =
                names.filter(known -> !probe(request)).flatMap(known -> known.refusal(request.request()));
        if (misled.isPresent()) {
            misled.get().send(request);
            return;
        }
        if (open(request)) {
            request.next();
            return;
        }
        Context loop = request.vertx().getOrCreateContext();
        request.request().pause();
        caller(authorization(request), request)
                .whenComplete((caller, failure) -> loop.runOnContext(ignored -> {
                    request.request().resume();
                    if (failure == null) {
                        request.put(CALLER, caller);
                        request.next();
                    } else {
                        refuse(request, failure instanceof CompletionException ? failure.getCause() : failure);
                    }
                }));
    }

    private boolean open(RoutingContext request) {
        String path = request.request().path();
        return probe(request)
                || Pages.has(request.normalizedPath())
                || sessions.isPresent() && SignInRoutes.PATHS.contains(path);
    }

    private static boolean probe(RoutingContext request) {
        return PROBES.contains(request.request().path());
    }

    /** Who shows a header is whom it shows, whatever cookies come with it. */
    private CompletionStage<Caller> caller(List<String> authorization, RoutingContext request) {
        if (authorization.isEmpty()) {
            return sessions.isEmpty()
                    ? authenticator.caller(Credentials.NONE)
                    : sessions.get().caller(request);
        }
        // Two of them are none, as over gRPC.
        return authenticator.caller(Credentials.ofHeader(authorization.size() == 1 ? authorization.get(0) : ""));
    }

    private static List<String> authorization(RoutingContext request) {
        return request.request().headers().getAll(HttpHeaders.AUTHORIZATION);
    }

    /** What browsers are told with every answer (OWASP Secure Headers). */
    private void harden(RoutingContext request) {
        request.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cache-Control", Pages.has(request.normalizedPath()) ? "no-cache" : "no-store")
                .putHeader("Content-Security-Policy", Pages.contentSecurityPolicy(request.normalizedPath(), ancestors));
        if (request.request().isSSL()) {
            request.response().putHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    private void refuse(RoutingContext request, Throwable failure) {
        if (failure instanceof NotAuthenticated refused) {
            failedLogins.add(refused, request.request().remoteAddress().hostAddress());
            request.response().putHeader("WWW-Authenticate", "Bearer realm=\"aftercall\"");
            unknown(request, "CREDENTIALS_" + refused.reason(), refused.getMessage());
        } else if (failure instanceof SignInFailed ended && ended.reason() == SignInFailed.Reason.ENDED) {
            unknown(request, "CREDENTIALS_EXPIRED", "The session has ended");
        } else if (failure instanceof SignInFailed) {
            problem(request, 503, "ISSUER_UNAVAILABLE", "The issuer of tokens does not answer, try again");
        } else if (failure instanceof NotSameOrigin) {
            problem(request, 403, "NOT_SAME_ORIGIN", failure.getMessage());
        } else if (failure instanceof NotAdmitted refused) {
            problem(request, 403, "TENANT_NOT_SERVED", refused.getMessage());
        } else if (failure instanceof KeysNotThere) {
            problem(request, 503, "KEYS_UNAVAILABLE", failure.getMessage());
        } else if (failure instanceof StoreUnavailable) {
            problem(request, 503, "DATABASE_UNAVAILABLE", "The database does not answer, try again");
        } else {
            request.fail(failure);
        }
    }

    /** A page is also told whether its user can sign in. */
    private void unknown(RoutingContext request, String reason, String detail) {
        HttpProblem.send(request, HttpProblem.of(401, reason, detail).put("sign_in", sessions.isPresent()));
    }

    private static void problem(RoutingContext request, int status, String reason, String detail) {
        HttpProblem.send(request, HttpProblem.of(status, reason, detail));
    }
}
