package io.aftercall.signin;

import io.netty.handler.codec.http.cookie.CookieHeaderNames.SameSite;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import io.netty.handler.codec.http.cookie.ServerCookieEncoder;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a browser keeps of a session, sealed, in as many cookies as it takes. No script sees them. They go to this server
 * alone; where pages of other sites may have ours in them, also from there, and then for each of those sites apart (CHIPS).
 */
public final class SessionCookies {

    private static final String SESSION = "aftercall-session";
    private static final String ATTEMPT = "aftercall-sign-in";
    private static final String ENDING = "aftercall-sign-out";

    /** A cookie has 4,096 bytes with its name and attributes (RFC 6265bis). */
    private static final int PART = 3_300;

    /** Browsers keep 10 KiB of a site that is in a page of another (CHIPS). */
    private static final int PARTS = 3;

    private final SignInSettings settings;
    private final Seal seal;
    private final InstantSource clock;

    SessionCookies(SignInSettings settings, Seal seal, InstantSource clock) {
        this.settings = settings;
        this.seal = seal;
        this.clock = clock;
    }

    /** The session that a request shows; empty if there is none, or it was not sealed here, or has lasted too long. */
    public Optional<Session> session(HttpServerRequest request) {
        StringBuilder sealed = new StringBuilder();
        for (int part = 0; part < PARTS; part++) {
            Cookie cookie = request.getCookie(name(SESSION, part));
            if (cookie == null) {
                break;
            }
            sealed.append(cookie.getValue());
        }
        return sealed.isEmpty()
                ? Optional.empty()
                : seal.open(SESSION, sealed.toString()).map(Session::of);
    }

    /**
     * Has the browser keep a session.
     *
     * @return whether it can: what the issuer gives may be too long
     */
    public boolean keep(Session session, HttpServerRequest request) {
        String sealed = seal.seal(SESSION, session.json(), session.begun().plus(settings.longest()));
        if (sealed.length() > PART * PARTS) {
            return false;
        }
        for (int part = 0; part < PARTS; part++) {
            int from = Math.min(part * PART, sealed.length());
            keep(name(SESSION, part), sealed.substring(from, Math.min(from + PART, sealed.length())), request);
        }
        return true;
    }

    public void forgetSession(HttpServerRequest request) {
        for (int part = 0; part < PARTS; part++) {
            keep(name(SESSION, part), "", request);
        }
    }

    /** Has the browser keep that somebody is on the way to the issuer; beside others who are. */
    public void keep(Attempt attempt, HttpServerRequest request) {
        Instant until = clock.instant().plus(SignIn.PATIENCE);
        keep(nameOf(attempt.state()), seal.seal(ATTEMPT, attempt.json(), until), request);
    }

    /** Who comes back with this state, once: the browser is told to forget it. */
    public Optional<Attempt> take(String state, HttpServerRequest request) {
        if (state == null || !state.matches("[A-Za-z0-9_-]{43}")) {
            return Optional.empty();
        }
        Optional<Attempt> attempt = take(nameOf(state), ATTEMPT, request).map(Attempt::of);
        return attempt.filter(found -> found.state().equals(state));
    }

    /** Has the browser keep for a minute that somebody signs out, for the way by the issuer. */
    public void keepEnding(Session session, HttpServerRequest request) {
        Instant until = clock.instant().plusSeconds(60);
        String sealed = seal.seal(ENDING, ending(session.idToken()), until);
        boolean fits = sealed.length() <= PART;
        keep(name(ENDING, 0), fits ? sealed : seal.seal(ENDING, ending(Optional.empty()), until), request);
    }

    private static JsonObject ending(Optional<String> idToken) {
        return new JsonObject().put("id", idToken.orElse(""));
    }

    /** The ID token of one who signs out, once; an empty text if he has none, or a very long one. */
    public Optional<String> takeEnding(HttpServerRequest request) {
        return take(name(ENDING, 0), ENDING, request).map(ending -> ending.getString("id"));
    }

    private Optional<JsonObject> take(String name, String purpose, HttpServerRequest request) {
        Cookie cookie = request.getCookie(name);
        if (cookie == null) {
            return Optional.empty();
        }
        keep(name, "", request);
        return seal.open(purpose, cookie.getValue());
    }

    private String nameOf(String state) {
        return name(ATTEMPT + "-" + state.substring(0, 12), 0);
    }

    private String name(String name, int part) {
        // Those of before pages were framed, or after, are others.
        return (settings.encrypted() ? "__Host-" : "")
                + name
                + (settings.framed() ? "-framed" : "")
                + (part == 0 ? "" : "-" + part);
    }

    /** An empty one is forgotten, if there is one. */
    private void keep(String name, String value, HttpServerRequest request) {
        if (value.isEmpty() && request.getCookie(name) == null) {
            return;
        }
        DefaultCookie cookie = new DefaultCookie(name, value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(settings.encrypted() || settings.framed());
        cookie.setSameSite(settings.framed() ? SameSite.None : SameSite.Lax);
        cookie.setPartitioned(settings.framed());
        if (value.isEmpty()) {
            cookie.setMaxAge(0);
        }
        HttpServerResponse response = request.response();
        response.headers().add(HttpHeaders.SET_COOKIE, ServerCookieEncoder.STRICT.encode(cookie));
    }
}
