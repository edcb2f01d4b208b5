package io.aftercall.signin;

import io.aftercall.signin.SignInFailed.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Where the issuer does what, as it publishes it (OpenID Connect Discovery 1.0). Asked when somebody first signs in, so
 * that an issuer that is away is no reason not to start; what was answered is kept.
 */
final class ProviderEndpoints {

    private static final Logger LOG = Logger.getLogger(ProviderEndpoints.class);

    private static final int PATIENCE_MILLIS = 5_000;

    private static final int OK = 200;

    private final SignInSettings settings;
    private final Vertx vertx;
    private final HttpClientOptions options = new HttpClientOptions()
            .setConnectTimeout(PATIENCE_MILLIS)
            .setIdleTimeout(2 * PATIENCE_MILLIS)
            .setReadIdleTimeout(PATIENCE_MILLIS)
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);

    private CompletableFuture<OAuth2Auth> client;
    private volatile boolean revokes;

    ProviderEndpoints(SignInSettings settings, Vertx vertx) {
        this.settings = settings;
        this.vertx = vertx;
    }

    /**
     * What speaks to the issuer.
     *
     * @return fails with {@link SignInFailed}
     */
    synchronized CompletionStage<OAuth2Auth> client() {
        if (client == null || client.isCompletedExceptionally()) {
            client = discovered()
                    .map(this::client)
                    .recover(failure -> {
                        LOG.warnf(
                                "Nobody can sign in, as %s does not say where: %s",
                                settings.issuer(), failure.getMessage());
                        return Future.failedFuture(
                                new SignInFailed(Reason.UNAVAILABLE, "The issuer does not say where to sign in"));
                    })
                    .toCompletionStage()
                    .toCompletableFuture();
        }
        return client;
    }

    /** Whether refresh tokens can be revoked there. */
    boolean revokes() {
        return revokes;
    }

    private Future<JsonObject> discovered() {
        HttpClient http = vertx.createHttpClient(options);
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(settings.issuer().replaceAll("/$", "") + "/.well-known/openid-configuration")
                .setTimeout(PATIENCE_MILLIS);
        return http.request(request)
                .compose(HttpClientRequest::send)
                .compose(ProviderEndpoints::body)
                .onComplete(done -> http.close());
    }

    private static Future<JsonObject> body(HttpClientResponse response) {
        return response.statusCode() == OK
                ? response.body().map(JsonObject::new)
                : Future.failedFuture("it answers with status " + response.statusCode());
    }

    private OAuth2Auth client(JsonObject said) {
        if (!settings.issuer().equals(said.getString("issuer"))) {
            throw new IllegalArgumentException("it calls itself " + said.getString("issuer"));
        }
        revokes = said.containsKey("revocation_endpoint");
        // Without the issuer's keys: it is not here that tokens are looked at.
        return OAuth2Auth.create(
                vertx,
                new OAuth2Options()
                        .setHttpClientOptions(options)
                        .setClientId(settings.clientId())
                        .setClientSecret(settings.clientSecret())
                        .setSite(settings.issuer())
                        .setAuthorizationPath(url(said, "authorization_endpoint"))
                        .setTokenPath(url(said, "token_endpoint"))
                        .setRevocationPath(revokes ? url(said, "revocation_endpoint") : null)
                        .setLogoutPath(
                                said.containsKey("end_session_endpoint") ? url(said, "end_session_endpoint") : null));
    }

    /** Over TLS, unless the issuer itself is not, which is so on this machine only. */
    private String url(JsonObject said, String name) {
        String url = said.getString(name, "");
        if (!url.startsWith("https://")
                && !(url.startsWith("http://") && settings.issuer().startsWith("http://"))) {
            throw new IllegalArgumentException("its " + name + " is not reached over https");
        }
        return url;
    }
}
