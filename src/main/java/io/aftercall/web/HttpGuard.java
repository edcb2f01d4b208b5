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
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * Lets nobody in over HTTP who is not known, by the same credentials as over gRPC; only probes, and pages without anything in them, are open. Whatever is
 * served finds its caller here, and what nobody serves is not told from what one may not see.
 */
@Singleton
public class HttpGuard {

    private static final String CALLER = "caller";

    /** Before everything else. */
    private static final int FIRST = 10_000;

    private static final Set<String> PROBES =
            Set.of("/q/health", "/q/health/live", "/q/health/ready", "/q/health/started");

    private final Authenticator authenticator;
    private final FailedLogins failedLogins;

    HttpGuard(Authenticator authenticator, InstantSource clock) {
        this.authenticator = authenticator;
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
        if (PROBES.contains(request.request().path()) || Pages.has(request.normalizedPath())) {
            request.next();
            return;
        }
        Context loop = request.vertx().getOrCreateContext();
        request.request().pause();
        authenticator
                .caller(credentials(request))
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

    private static Credentials credentials(RoutingContext request) {
        List<String> shown = request.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        if (shown.isEmpty()) {
            return Credentials.NONE;
        }
        // Two of them are none, as over gRPC.
        return Credentials.ofHeader(shown.size() == 1 ? shown.get(0) : "");
    }

    /** What browsers are told with every answer (OWASP Secure Headers). */
    private static void harden(RoutingContext request) {
        request.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cache-Control", Pages.has(request.normalizedPath()) ? "no-cache" : "no-store")
                .putHeader("Content-Security-Policy", Pages.contentSecurityPolicy(request.normalizedPath()));
        if (request.request().isSSL()) {
            request.response().putHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    private void refuse(RoutingContext request, Throwable failure) {
        if (failure instanceof NotAuthenticated refused) {
            failedLogins.add(refused, request.request().remoteAddress().hostAddress());
            request.response().putHeader("WWW-Authenticate", "Bearer realm=\"aftercall\"");
            problem(request, 401, "CREDENTIALS_" + refused.reason(), refused.getMessage());
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

    /** RFC 9457. */
    private static void problem(RoutingContext request, int status, String reason, String detail) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(new JsonObject()
                        .put("status", status)
                        .put("title", reason)
                        .put("detail", detail)
                        .encode());
    }
}
