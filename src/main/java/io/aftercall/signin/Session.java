package io.aftercall.signin;

import io.aftercall.security.Credentials;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the issuer has given one who has signed in.
 *
 * @param refreshToken gets the next access token
 * @param idToken tells the issuer who signs out
 * @param begun when he signed in
 * @param renewed when the access token was given
 * @param expires when it ends, as far as the issuer has said
 */
public record Session(
        String accessToken,
        Optional<String> refreshToken,
        Optional<String> idToken,
        Instant begun,
        Instant renewed,
        Optional<Instant> expires) {

    /** So long before its end at the most a token is refreshed. */
    private static final Duration AHEAD = Duration.ofSeconds(60);

    /** What he shows of himself. */
    public Credentials credentials() {
        return new Credentials.SessionToken(accessToken, begun);
    }

    /** Whether it is time to get the next access token: a minute before it ends, or in the last quarter of a short life. */
    boolean due(Instant now) {
        return expires.filter(end -> {
                    Duration quarter = Duration.between(renewed, end).dividedBy(4);
                    return !now.isBefore(end.minus(quarter.compareTo(AHEAD) < 0 ? quarter : AHEAD));
                })
                .isPresent();
    }

    boolean over(Instant now) {
        return expires.filter(end -> !now.isBefore(end)).isPresent();
    }

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("access", accessToken)
                .put("begun", begun.toEpochMilli())
                .put("renewed", renewed.toEpochMilli());
        refreshToken.ifPresent(token -> json.put("refresh", token));
        idToken.ifPresent(token -> json.put("id", token));
        expires.ifPresent(end -> json.put("expires", end.toEpochMilli()));
        return json;
    }

    static Session of(JsonObject json) {
        return new Session(
                json.getString("access"),
                Optional.ofNullable(json.getString("refresh")),
                Optional.ofNullable(json.getString("id")),
                Instant.ofEpochMilli(json.getLong("begun")),
                Instant.ofEpochMilli(json.getLong("renewed")),
                Optional.ofNullable(json.getLong("expires")).map(Instant::ofEpochMilli));
    }

    @Override
    public String toString() {
        return "Session[begun=" + begun + "]";
    }
}
