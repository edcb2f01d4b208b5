package io.aftercall.web;

import io.aftercall.agent.AgentId;
import io.aftercall.email.EmailTerms;
import io.aftercall.security.Authenticator;
import io.aftercall.security.Caller;
import io.aftercall.security.Role;
import io.aftercall.signin.SignIn;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/** What a page asks first: who is looking at it. */
@Singleton
class SessionRoutes {

    private final Authenticator authenticator;
    private final Optional<SignIn> signIn;
    private final FrameAncestors ancestors;
    private final EmailTerms emails;
    private final InstantSource clock;
    private final Development development;

    SessionRoutes(
            Authenticator authenticator,
            Optional<SignIn> signIn,
            FrameAncestors ancestors,
            EmailTerms emails,
            InstantSource clock,
            Development development) {
        this.authenticator = authenticator;
        this.signIn = signIn;
        this.ancestors = ancestors;
        this.emails = emails;
        this.clock = clock;
        this.development = development;
    }

    void register(@Observes Router router) {
        router.get("/api/session").handler(this::session);
    }

    private void session(RoutingContext request) {
        Caller caller = HttpGuard.caller(request);
        JsonObject session = new JsonObject()
                .put("authenticated", authenticator.asks())
                .put("sign_in", signIn.isPresent())
                .put("subject", caller.subject())
                .put("tenant", caller.tenant().value())
                .put("agent_id", caller.agentId().map(AgentId::value).orElse(""))
                .put(
                        "roles",
                        new JsonArray(caller.roles().stream()
                                .map(Role::credentialName)
                                .sorted()
                                .toList()))
                .put("team_ids", new JsonArray(caller.teams().stream().sorted().toList()))
                .put("frame_ancestors", new JsonArray(ancestors.origins()))
                .put("simulator", development.simulator())
                // So that a window does not offer what the server would refuse.
                .put("email_summaries", emails.from().isPresent())
                .put("server_time", clock.instant().toString());
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(session.encode());
    }
}
