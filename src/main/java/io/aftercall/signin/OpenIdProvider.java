package io.aftercall.signin;

import io.aftercall.signin.SignInFailed.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.oauth2.OAuth2AuthorizationURL;
import io.vertx.ext.auth.oauth2.OAuth2FlowType;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** The issuer, as those meet it who sign in there (OpenID Connect Core 1.0, RP-Initiated Logout 1.0, RFC 7009). */
final class OpenIdProvider {

    private static final Logger LOG = Logger.getLogger(OpenIdProvider.class);

    private final SignInSettings settings;
    private final ProviderEndpoints endpoints;
    private final InstantSource clock;

    OpenIdProvider(SignInSettings settings, Vertx vertx, InstantSource clock) {
        this.settings = settings;
        this.endpoints = new ProviderEndpoints(settings, vertx);
        this.clock = clock;
    }

    /**
     * Where to send somebody who wants to sign in.
     *
     * @return fails with {@link SignInFailed}
     */
    CompletionStage<String> authorizationUrl(Attempt attempt) {
        OAuth2AuthorizationURL url = new OAuth2AuthorizationURL()
                .setRedirectUri(settings.callback())
                .setState(attempt.state())
                .setScopes(settings.scopes());
        settings.parameters().forEach(url::putAdditionalParameter);
        url.putAdditionalParameter("code_challenge", Attempt.challenge(attempt.verifier()))
                .putAdditionalParameter("code_challenge_method", "S256");
        return endpoints.client().thenApply(client -> client.authorizeURL(url));
    }

    /**
     * What the issuer gives for the code that it has sent somebody back with.
     *
     * @return fails with {@link SignInFailed}
     */
    CompletionStage<Session> session(String code, Attempt attempt) {
        Oauth2Credentials shown = new Oauth2Credentials()
                .setFlow(OAuth2FlowType.AUTH_CODE)
                .setCode(code)
                .setCodeVerifier(attempt.verifier())
                .setRedirectUri(settings.callback());
        Instant now = clock.instant();
        return endpoints
                .client()
                .thenCompose(client -> asked(client.authenticate(shown)))
                .thenApply(given -> session(given, now, now, Optional.empty()));
    }

    /**
     * The session with the next access token.
     *
     * @return fails with {@link SignInFailed}
     */
    CompletionStage<Session> refreshed(Session before) {
        if (before.refreshToken().isEmpty()) {
            return CompletableFuture.failedFuture(
                    new SignInFailed(Reason.ENDED, "The issuer has given no refresh token"));
        }
        Instant now = clock.instant();
        User user = User.create(
                new JsonObject().put("refresh_token", before.refreshToken().get()));
        return endpoints
                .client()
                .thenCompose(client -> asked(client.refresh(user)))
                .thenApply(given -> session(given, before.begun(), now, Optional.of(before)));
    }

    /** Where to send somebody who signs out, so that he is signed out there too; empty if the issuer has no such place. */
    CompletionStage<Optional<String>> endSessionUrl(String idToken) {
        JsonObject known = idToken.isEmpty() ? new JsonObject() : new JsonObject().put("id_token", idToken);
        JsonObject parameters = new JsonObject()
                .put("client_id", settings.clientId())
                .put("post_logout_redirect_uri", settings.signedOut());
        return endpoints
                .client()
                .thenApply(client -> Optional.ofNullable(client.endSessionURL(User.create(known), parameters)));
    }

    /** Has the issuer take the refresh token no more, if it can be asked to. */
    void revoke(Session session) {
        session.refreshToken().ifPresent(token -> endpoints.client().thenAccept(client -> {
            if (endpoints.revokes()) {
                client.revoke(User.create(new JsonObject().put("refresh_token", token)), "refresh_token")
                        .onFailure(failure -> LOG.warnf(
                                "The issuer did not revoke the token of one who signed out: %s", words(failure)));
            }
        }));
    }

    private static CompletionStage<JsonObject> asked(Future<User> answer) {
        return answer.map(User::principal)
                .recover(failure -> Future.failedFuture(failed(failure)))
                .toCompletionStage();
    }

    private static SignInFailed failed(Throwable failure) {
        String words = words(failure);
        Reason reason = words.equals("invalid_grant") ? Reason.ENDED : Reason.UNAVAILABLE;
        if (reason == Reason.UNAVAILABLE) {
            LOG.warnf("Nobody can sign in, as the issuer answers: %s. Check aftercall.sign-in.", words);
        }
        return new SignInFailed(reason, words);
    }

    /** The issuer's code of the error, or HTTP's words, without the sentence behind it, which may have anything in it. */
    private static String words(Throwable failure) {
        String code = String.valueOf(failure.getMessage()).split(":", 2)[0];
        return code.matches("[A-Za-z_ ]{1,40}") ? code : failure.getClass().getSimpleName();
    }

    private Session session(JsonObject given, Instant begun, Instant now, Optional<Session> before) {
        // A number, and with some issuers a text.
        Object seconds = given.getValue("expires_in");
        return new Session(
                Optional.ofNullable(given.getString("access_token"))
                        .orElseThrow(() -> new SignInFailed(Reason.UNAVAILABLE, "no access_token")),
                Optional.ofNullable(given.getString("refresh_token")).or(() -> before.flatMap(Session::refreshToken)),
                Optional.ofNullable(given.getString("id_token")).or(() -> before.flatMap(Session::idToken)),
                begun,
                now,
                seconds == null ? Optional.empty() : Optional.of(now.plusSeconds(Long.parseLong(seconds.toString()))));
    }
}
